// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.request;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import org.junit.Test;

/** The time reserved for Solr is its recent time and a margin. */
public class MergeTimeTest {

  private final MergeTime time = new MergeTime();

  @Test
  public void untilAPageIsMeasuredItIsAGuess() {
    assertEquals(100, time.reserve(1000), 0);
    assertEquals(30, time.reserve(50), 0);
  }

  @Test
  public void aSlowPageCountsAtOnceAndIsForgottenSlowly() {
    time.took(20);
    assertEquals(25, time.reserve(1000), 1e-9);
    time.took(200);
    assertEquals(250, time.reserve(1000), 1e-9);
    time.took(20);
    assertTrue(time.reserve(1000) > 200);
    for (int i = 0; i < 100; i++) {
      time.took(20);
    }
    assertEquals(25, time.reserve(1000), 0.1);
  }

  @Test
  public void itMayBeMoreThanThereIs() {
    time.took(80);
    assertEquals(100, time.reserve(50), 1e-9);
  }
}
