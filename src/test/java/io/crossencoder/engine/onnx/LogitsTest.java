// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.engine.onnx;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.nio.FloatBuffer;
import org.junit.Test;

public class LogitsTest {

  private static float[] read(long[] shape, int size, float... values) {
    return Logits.read(FloatBuffer.wrap(values), shape, size);
  }

  @Test
  public void oneLabelIsTheLogit() {
    assertArrayEquals(new float[] {1, -2}, read(new long[] {2, 1}, 2, 1, -2), 0);
    assertArrayEquals(new float[] {1, -2}, read(new long[] {2}, 2, 1, -2), 0);
  }

  @Test
  public void ofTwoLabelsItIsTheSecondLessTheFirst() {
    assertArrayEquals(new float[] {3, -1}, read(new long[] {2, 2}, 2, 1, 4, 2, 1), 0);
  }

  @Test
  public void anyOtherShapeIsSaid() {
    IllegalStateException e =
        assertThrows(IllegalStateException.class, () -> read(new long[] {1, 3}, 1, 1, 2, 3));
    assertTrue(e.getMessage(), e.getMessage().contains("[1, 3]"));
    assertThrows(IllegalStateException.class, () -> read(new long[] {3, 1}, 2, 1, 2, 3));
    assertFalse(Logits.isReadable(new long[] {-1, 5, 7}));
    assertTrue("any number of labels", Logits.isReadable(new long[] {-1, -1}));
  }
}
