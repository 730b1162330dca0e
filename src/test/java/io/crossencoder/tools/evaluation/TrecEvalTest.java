// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.evaluation;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import io.crossencoder.tools.evaluation.measures.Measure;
import io.crossencoder.tools.evaluation.measures.Metrics;
import io.crossencoder.tools.evaluation.measures.Metrics.Gain;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.Test;

/**
 * The measures are equal to those of trec_eval 9.0.4 in four decimals. Its output, and the script
 * that created it, are in src/test/resources next to the rankings.
 */
public final class TrecEvalTest {
  private static final double FOUR_DECIMALS = 0.5001e-4;

  private record Scored(String document, double score) {}

  private static List<String[]> rows(String file) throws IOException {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(
                    TrecEvalTest.class.getResourceAsStream("trec_eval/" + file), file),
                StandardCharsets.UTF_8))) {
      return lines.lines().map(line -> line.trim().split("\\s+")).toList();
    }
  }

  private static Map<String, Map<String, Double>> grades(String name) throws IOException {
    Map<String, Map<String, Double>> grades = new LinkedHashMap<>();
    for (String[] row : rows(name + ".qrels")) {
      grades
          .computeIfAbsent(row[0], query -> new LinkedHashMap<>())
          .put(row[2], Double.parseDouble(row[3]));
    }
    return grades;
  }

  /** The rankings of trec_eval for a run: by score, ties by id, descending. */
  private static Map<String, List<String>> rankings(String name) throws IOException {
    return rows(name + ".run").stream()
        .collect(
            Collectors.groupingBy(
                row -> row[0],
                Collectors.collectingAndThen(Collectors.toList(), TrecEvalTest::ranking)));
  }

  private static List<String> ranking(List<String[]> rows) {
    return rows.stream()
        .map(row -> new Scored(row[2], Double.parseDouble(row[4])))
        .sorted(Comparator.comparing(Scored::score).thenComparing(Scored::document).reversed())
        .map(Scored::document)
        .toList();
  }

  private static void assertAgrees(String name) throws IOException {
    Map<String, Map<String, Double>> grades = grades(name);
    Map<String, List<String>> rankings = rankings(name);
    for (int level : new int[] {1, 2}) {
      int compared = 0;
      for (String[] row : rows(name + ".l" + level + ".expected")) {
        if (!row[1].equals("all")) {
          compared++;
          int k = row[0].endsWith("_5") ? 5 : 10;
          double ours =
              new Metrics(k, level, Gain.LINEAR)
                  .of(rankings.get(row[1]), grades.get(row[1]))
                  .get(measure(row[0]));
          assertEquals(
              String.join(" ", row) + " -l " + level,
              Double.parseDouble(row[2]),
              ours,
              FOUR_DECIMALS);
        }
      }
      assertTrue(name + " has " + compared, compared >= 35);
    }
    for (String[] row : rows(name + ".judged.expected")) {
      if (!row[1].equals("all")) {
        double ours =
            new Metrics(row[0].endsWith("_5") ? 5 : 10, 1, Gain.LINEAR)
                .of(rankings.get(row[1]), grades.get(row[1]))
                .get(Measure.CONDENSED_NDCG);
        assertEquals(
            String.join(" ", row) + " -J", Double.parseDouble(row[2]), ours, FOUR_DECIMALS);
      }
    }
  }

  private static Measure measure(String name) {
    return switch (name.replaceAll("_[0-9]+$", "")) {
      case "ndcg_cut" -> Measure.NDCG;
      case "recip_rank" -> Measure.MRR;
      case "P" -> Measure.PRECISION;
      case "recall" -> Measure.RECALL;
      case "bpref" -> Measure.BPREF;
      default -> throw new AssertionError(name);
    };
  }

  @Test
  public void gradedAndUnjudgedDocuments() throws IOException {
    assertAgrees("random");
  }

  @Test
  public void documentsOfTheSameScore() throws IOException {
    assertAgrees("ties");
  }

  @Test
  public void nothingRelevantNothingFoundNothingJudgedAndNegativeGrades() throws IOException {
    assertAgrees("edges");
  }

  @Test
  public void meansOverQueriesWithThoseThatFoundNothing() throws IOException {
    Map<String, Map<String, Double>> grades = grades("edges");
    Map<String, List<String>> rankings = rankings("edges");
    for (String[] row : rows("edges.l1.expected")) {
      if (row[1].equals("all")) {
        Metrics metrics = new Metrics(row[0].endsWith("_5") ? 5 : 10, 1, Gain.LINEAR);
        double sum = 0;
        for (String query : grades.keySet()) {
          sum +=
              metrics
                  .of(rankings.getOrDefault(query, List.of()), grades.get(query))
                  .get(measure(row[0]));
        }
        assertEquals(row[0], Double.parseDouble(row[2]), sum / grades.size(), FOUR_DECIMALS);
      }
    }
  }

  @Test
  public void exponentialGainIsTwoToThePowerOfTheGradeLessOne() throws IOException {
    Map<String, Map<String, Double>> grades = grades("random");
    Map<String, List<String>> rankings = rankings("exponential");
    Metrics metrics = new Metrics(10, 1, Gain.EXPONENTIAL);
    for (String[] row : rows("exponential.l1.expected")) {
      if (row[0].equals("ndcg_cut_10") && !row[1].equals("all")) {
        double ours = metrics.of(rankings.get(row[1]), grades.get(row[1])).get(Measure.NDCG);
        assertEquals(row[1], Double.parseDouble(row[2]), ours, FOUR_DECIMALS);
      }
    }
  }

  @Test
  public void judgedIsTheShareOfThoseThatCame() {
    Metrics metrics = new Metrics(10, 1, Gain.LINEAR);
    Map<String, Double> grades = Map.of("a", 0.0, "b", 1.0);
    assertEquals(0.5, metrics.of(List.of("a", "b", "c", "d"), grades).get(Measure.JUDGED), 0);
    assertEquals(0, metrics.of(List.of(), grades).get(Measure.JUDGED), 0);
  }
}
