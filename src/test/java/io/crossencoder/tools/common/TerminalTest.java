// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.common;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.Test;

public final class TerminalTest {

  @Test
  public void widthComesFromColumnsWithinReason() {
    assertEquals(100, Terminal.of(Map.of(), true, true).width());
    assertEquals(100, Terminal.of(Map.of("COLUMNS", "wide"), true, true).width());
    assertEquals(80, Terminal.of(Map.of("COLUMNS", "80"), true, true).width());
    assertEquals(60, Terminal.of(Map.of("COLUMNS", "20"), true, true).width());
    assertEquals(160, Terminal.of(Map.of("COLUMNS", "900"), true, true).width());
  }

  @Test
  public void aDumbTerminalIsNeitherColoredNorRedrawn() {
    Terminal dumb = Terminal.of(Map.of("TERM", "dumb"), true, true);
    assertFalse(dumb.colors());
    assertFalse(dumb.interactive());
  }

  @Test
  public void textIsFilledUpToItsCells() {
    assertEquals("ab  ", TerminalText.fit("ab", 4));
  }

  @Test
  public void textIsCutToItsCells() {
    assertEquals("abc…", TerminalText.fit("abcdef", 4));
  }

  @Test
  public void aWideCharacterTakesTwoCells() {
    assertEquals("千… ", TerminalText.fit("千と千尋", 4));
    assertEquals("千と", TerminalText.fit("千と", 4));
  }

  @Test
  public void progressInALogIsALineEveryFiveSeconds() {
    AtomicLong nanos = new AtomicLong();
    StringWriter log = new StringWriter();
    Progress progress = new Progress.Lines(0, 1000, new PrintWriter(log), nanos::get);
    for (int second = 1; second <= 11; second++) {
      nanos.set(TimeUnit.SECONDS.toNanos(second));
      progress.at(second * 50L, second * 600L);
    }
    assertTrue(
        log.toString().startsWith("3,000 records, 25 % of the file, 600 records/s, 15 s left"));
    assertEquals(2, log.toString().lines().count());
  }
}
