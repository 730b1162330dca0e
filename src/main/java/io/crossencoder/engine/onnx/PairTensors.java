// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.engine.onnx;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import io.crossencoder.engine.tokens.Encoding;
import io.crossencoder.model.ModelSpec;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * The input tensors of a batch: one row per pair, padded to the longest pair.
 *
 * @param left whether the padding is on the left
 */
record PairTensors(List<Encoding> pairs, ModelSpec.Input input, boolean left) {

  /**
   * Creates one input tensor.
   *
   * @return to be closed by the caller
   */
  OnnxTensor tensor(OrtEnvironment environment, String name, OnnxJavaType type)
      throws OrtException {
    int width = pairs.stream().mapToInt(Encoding::length).max().orElseThrow();
    long[] cells = new long[pairs.size() * width];
    // Some models compute the positions from the padding.
    Arrays.fill(cells, filler(name));
    for (int row = 0; row < pairs.size(); row++) {
      Encoding encoding = pairs.get(row);
      int length = encoding.length();
      int from = row * width + (left ? width - length : 0);
      switch (name) {
        case OnnxSignature.IDS -> System.arraycopy(encoding.ids(), 0, cells, from, length);
        case OnnxSignature.TYPES -> System.arraycopy(encoding.typeIds(), 0, cells, from, length);
        case OnnxSignature.POSITIONS -> {
          long first = input.firstPosition();
          for (int i = 0; i < length; i++) {
            cells[from + i] = first + i;
          }
        }
        default -> Arrays.fill(cells, from, from + length, 1);
      }
    }
    long[] shape = {pairs.size(), width};
    return type == OnnxJavaType.INT32
        ? OnnxTensor.createTensor(environment, narrow(cells), shape)
        : OnnxTensor.createTensor(environment, LongBuffer.wrap(cells), shape);
  }

  private long filler(String name) {
    return switch (name) {
      case OnnxSignature.IDS -> input.padId();
      case OnnxSignature.POSITIONS -> Math.max(0, input.firstPosition() - 1);
      default -> 0;
    };
  }

  private static IntBuffer narrow(long[] cells) {
    return IntBuffer.wrap(Arrays.stream(cells).mapToInt(Math::toIntExact).toArray());
  }
}
