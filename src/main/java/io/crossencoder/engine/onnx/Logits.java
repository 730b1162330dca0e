// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.engine.onnx;

import java.nio.FloatBuffer;
import java.util.Arrays;

/** Converts the output of an ONNX model to one logit per pair. */
final class Logits {

  private Logits() {}

  /** Whether the output shape is supported; -1 is a dimension of any size. */
  static boolean isReadable(long[] shape) {
    return switch (shape.length) {
      case 1 -> true;
      case 2 -> shape[1] <= 2 && shape[1] != 0;
      case 3 -> Math.abs(shape[1]) == 1 && Math.abs(shape[2]) == 1;
      default -> false;
    };
  }

  /**
   * One logit per pair. For two labels, {@code [irrelevant, relevant]}, it is the second minus the
   * first: its sigmoid is the softmax of the second.
   *
   * @param shape {@code [size]}, {@code [size, 1]}, {@code [size, 2]} or {@code [size, 1, 1]}
   * @throws IllegalStateException for other shapes
   */
  static float[] read(FloatBuffer values, long[] shape, int size) {
    boolean two = shape.length == 2 && shape[1] == 2;
    boolean readable = isReadable(shape) && shape[0] == size;
    if (!readable || values.remaining() != (two ? 2 * size : size)) {
      throw new IllegalStateException(
          "the model returned "
              + Arrays.toString(shape)
              + " for a batch of "
              + size
              + " instead of one or two logits per pair");
    }
    float[] logits = new float[size];
    for (int i = 0; i < size; i++) {
      logits[i] = two ? values.get(2 * i + 1) - values.get(2 * i) : values.get(i);
    }
    return logits;
  }
}
