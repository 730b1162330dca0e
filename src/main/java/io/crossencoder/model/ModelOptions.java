// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.model;

import java.util.List;
import java.util.Optional;

/**
 * The options of a model.
 *
 * @param file ONNX file, relative to the model's directory; {@code auto} selects the int8 file for
 *     this CPU if there is one; none selects the first existing file of {@code
 *     onnx/model_optimized.onnx}, {@code onnx/model.onnx} and {@code model.onnx}
 * @param maxLength maximum number of tokens per pair, {@link #MIN_MAX_LENGTH} or greater; none is
 *     the limit of the model
 * @param execution how it is run
 * @param template text around query and passage; none is that of the model's files
 */
public record ModelOptions(
    Optional<String> file,
    Optional<Integer> maxLength,
    Execution execution,
    Optional<PairTemplate> template) {

  /**
   * Standard names of the ONNX file; the first existing file is used if {@code file} is not set.
   */
  public static final List<String> STANDARD_FILES =
      List.of("onnx/model_optimized.onnx", "onnx/model.onnx", "model.onnx");

  /** With fewer tokens, the special tokens and the query leave no room for a passage. */
  public static final int MIN_MAX_LENGTH = 16;

  /** The defaults of the model, on the CPU. */
  public static final ModelOptions DEFAULTS = new ModelOptions(Optional.empty(), Optional.empty());

  /**
   * Options with {@link Execution#DEFAULT} and the template of the model's files.
   *
   * @param file see {@link ModelOptions}
   * @param maxLength see {@link ModelOptions}
   */
  public ModelOptions(Optional<String> file, Optional<Integer> maxLength) {
    this(file, maxLength, Execution.DEFAULT);
  }

  /**
   * Options with the template of the model's files.
   *
   * @param file see {@link ModelOptions}
   * @param maxLength see {@link ModelOptions}
   * @param execution see {@link ModelOptions}
   */
  public ModelOptions(Optional<String> file, Optional<Integer> maxLength, Execution execution) {
    this(file, maxLength, execution, Optional.empty());
  }
}
