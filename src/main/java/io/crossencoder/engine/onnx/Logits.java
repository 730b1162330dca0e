// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.engine.onnx;

import java.nio.FloatBuffer;
import java.util.Arrays;

/** Makes one number a pair of what a graph puts out. */
final class Logits {

  private Logits() {}

  /** Whether a graph that declares this shape (-1: any) can be read. */
  static boolean isReadable(long[] shape) {
    return switch (shape.length) {
      case 1 -> true;
      case 2 -> shape[1] <= 2 && shape[1] != 0;
      case 3 -> Math.abs(shape[1]) == 1 && Math.abs(shape[2]) == 1;
      default -> false;
    };
  }

  /**
   * One logit a pair. Of two labels, {@code [irrelevant, relevant]}, it is the second less the
   * first: its sigmoid is the softmax of the second.
   *
   * @param shape {@code [size]}, {@code [size, 1]}, {@code [size, 2]} or {@code [size, 1, 1]}
   * @throws IllegalStateException if it is none of these
   */
  static float[] read(FloatBuffer values, long[] shape, int size) {
    boolean two = shape.length == 2 && shape[1] == 2;
    boolean readable = isReadable(shape) && shape[0] == size;
    if (!readable || values.remaining() != (two ? 2 * size : size)) {
      throw new IllegalStateException(
          "the model gave "
              + Arrays.toString(shape)
              + " for a batch of "
              + size
              + ", and not one or two logits a pair");
    }
    float[] logits = new float[size];
    for (int i = 0; i < size; i++) {
      logits[i] = two ? values.get(2 * i + 1) - values.get(2 * i) : values.get(i);
    }
    return logits;
  }
}
