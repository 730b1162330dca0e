// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.evaluation.judgments;

import static org.junit.Assert.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.Test;

/** Merging several files of judgments. */
public final class JudgmentSetsTest {

  private static Judgments together(JudgedQuery[]... files) {
    JudgmentSets sets = new JudgmentSets();
    for (JudgedQuery[] queries : files) {
      sets.add(new Judgments(List.of(queries), List.of()));
    }
    return sets.together();
  }

  private static JudgedQuery[] file(JudgedQuery... queries) {
    return queries;
  }

  private static JudgedQuery query(String id, String text, Map<String, Double> grades) {
    return new JudgedQuery(id, text, grades);
  }

  @Test
  public void theTextSaysWhichQueryItIsAndTheLaterGradeCounts() {
    Judgments both =
        together(
            file(query("7", "vietnam war", Map.of("a", 1.0, "b", 0.0))),
            file(query("1", "Vietnam  War ", Map.of("a", 2.0, "b", 0.0, "c", 1.0))));
    assertEquals(
        List.of(query("7", "vietnam war", Map.of("a", 2.0, "b", 0.0, "c", 1.0))), both.queries());
    assertEquals(
        List.of("1 judgments have another grade in a later file; using the later one"),
        both.remarks());
  }

  @Test
  public void anIdThatMeansAnotherQueryInALaterFileGetsOneOfItsOwn() {
    Judgments both =
        together(
            file(query("1", "chess", Map.of("a", 1.0))),
            file(query("1", "pigs", Map.of("b", 1.0))));
    assertEquals(
        List.of(query("1", "chess", Map.of("a", 1.0)), query("1/2", "pigs", Map.of("b", 1.0))),
        both.queries());
  }

  @Test
  public void aFileThatAsksTheSameTwiceKeepsBoth() {
    Judgments one =
        together(
            file(query("1", "chess", Map.of("a", 1.0)), query("2", "chess", Map.of("b", 1.0))));
    assertEquals(2, one.queries().size());
  }
}
