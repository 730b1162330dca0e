// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.model;

import java.util.List;
import java.util.Optional;

/**
 * What a user may decide about a model.
 *
 * @param file the graph, relative to the model's directory; {@code auto} takes the int8 variant
 *     made for this CPU where there is one; none takes the first there is of {@code
 *     onnx/model_optimized.onnx}, {@code onnx/model.onnx} and {@code model.onnx}
 * @param maxLength tokens of a pair to read at most, {@link #MIN_MAX_LENGTH} or more; none is what
 *     the model itself says
 * @param execution how it is computed
 * @param template what stands around query and passage; none is what the model's files say
 */
public record ModelOptions(
    Optional<String> file,
    Optional<Integer> maxLength,
    Execution execution,
    Optional<PairTemplate> template) {

  /** What {@code file} is where nobody says: of these the first that the directory has. */
  public static final List<String> STANDARD_FILES =
      List.of("onnx/model_optimized.onnx", "onnx/model.onnx", "model.onnx");

  /** With fewer tokens, special ones and half of a query leave nothing for a passage. */
  public static final int MIN_MAX_LENGTH = 16;

  /** Nothing decided: what the model says, on the CPU. */
  public static final ModelOptions DEFAULTS = new ModelOptions(Optional.empty(), Optional.empty());

  /**
   * The same, with {@link Execution#DEFAULT}.
   *
   * @param file as above
   * @param maxLength as above
   */
  public ModelOptions(Optional<String> file, Optional<Integer> maxLength) {
    this(file, maxLength, Execution.DEFAULT);
  }

  /**
   * The same, with the template of the model's files.
   *
   * @param file as above
   * @param maxLength as above
   * @param execution as above
   */
  public ModelOptions(Optional<String> file, Optional<Integer> maxLength, Execution execution) {
    this(file, maxLength, execution, Optional.empty());
  }
}
