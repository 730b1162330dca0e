// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.model;

import java.util.Optional;

/**
 * What a user may decide about a model.
 *
 * @param file the graph, relative to the model's directory; {@code auto} takes the int8 variant
 *     made for this CPU where there is one; none takes the first there is of {@code
 *     onnx/model_optimized.onnx}, {@code onnx/model.onnx} and {@code model.onnx}
 * @param maxLength tokens of a pair to read at most; none is what the model itself says
 * @param execution how it is computed
 */
public record ModelOptions(
    Optional<String> file, Optional<Integer> maxLength, Execution execution) {

  /** Nothing decided. */
  public static final ModelOptions DEFAULTS = new ModelOptions(Optional.empty(), Optional.empty());

  /** On the CPU. */
  public ModelOptions(Optional<String> file, Optional<Integer> maxLength) {
    this(file, maxLength, Execution.DEFAULT);
  }
}
