// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.fit;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import io.crossencoder.tools.evaluation.judgments.JudgedQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.Test;

/** The selected formula, for queries with known results. */
public final class BlendSearchTest {
  private static final List<String> FEATURES = List.of("ce", "score", "votes");

  private final Random random = new Random(1);

  /** Candidates whose relevance is determined by logit and votes, with noise. */
  private List<List<Candidate>> candidates(int queries, double votesCount, double noise) {
    List<List<Candidate>> all = new ArrayList<>();
    for (int query = 0; query < queries; query++) {
      List<Candidate> candidates = new ArrayList<>();
      for (int i = 0; i < 30; i++) {
        double logit = random.nextGaussian();
        double votes = Math.exp(3 + random.nextGaussian());
        double truth = logit + votesCount * Math.log(1 + votes) + noise * random.nextGaussian();
        double grade = truth > 1.2 + 3 * votesCount ? 1 : 0;
        candidates.add(
            new Candidate(
                query + "-" + i,
                grade,
                random.nextGaussian(),
                logit,
                1 / (1 + Math.exp(-logit)),
                Map.of("votes", votes)));
      }
      all.add(candidates);
    }
    return all;
  }

  private static BlendSearch search(List<List<Candidate>> candidates) {
    List<Candidate> all = candidates.stream().flatMap(List::stream).toList();
    List<Formula> formulas = Formula.all(Term.of(FEATURES), all);
    List<JudgedQuery> queries =
        IntStream.range(0, candidates.size())
            .mapToObj(
                i -> {
                  Map<String, Double> grades = new java.util.HashMap<>();
                  candidates.get(i).forEach(each -> grades.put(each.id(), each.grade()));
                  return new JudgedQuery("" + i, "query " + i, grades);
                })
            .toList();
    QueryValues values = new QueryValues(queries, candidates, 10, false);
    return new BlendSearch(
        formulas,
        formulas.stream().map(formula -> values.of(formula::score)).toArray(double[][]::new));
  }

  private static List<Integer> all(int queries) {
    return IntStream.range(0, queries).boxed().toList();
  }

  @Test
  public void findsTheFeatureThatDecides() {
    BlendSearch search = search(candidates(60, 0.8, 0.3));
    String chosen = search.formula(search.choose(all(60))).expression();
    assertTrue(chosen, chosen.matches("ce \\+ [0-9.]+\\*(votes|ln\\(1\\+votes\\))"));
  }

  @Test
  public void takesTheModelAloneWhereNothingElseHelps() {
    BlendSearch search = search(candidates(60, 0, 0.8));
    assertEquals("ce", search.formula(search.choose(all(60))).expression());
  }

  @Test
  public void aFormulaIsMeasuredOnQueriesThatDidNotChooseIt() {
    BlendSearch search = search(candidates(20, 0, 3));
    List<Integer> queries = all(20);
    double highest = mean(search.values(search.best(queries)));
    assertTrue(mean(search.crossValidated(10, 42)) < highest);
    assertArrayEquals(
        "the same seed", search.crossValidated(10, 42), search.crossValidated(10, 42), 0);
  }

  @Test
  public void everyFormulaIsThereOnceAndTheModelAloneIsFirst() {
    List<Candidate> candidates = candidates(2, 1, 1).get(0);
    List<Formula> formulas = Formula.all(Term.of(FEATURES), candidates);
    assertEquals("ce", formulas.get(BlendSearch.CE).expression());
    // 6 weights of score, votes and ln(votes), and score combined with each of the two.
    assertEquals(1 + 3 * 6 + 2 * 36, formulas.size());
    assertEquals(formulas.size(), formulas.stream().map(Formula::expression).distinct().count());
  }

  @Test
  public void aFieldWithAValueThatIsNoNumberIsNamed() {
    List<Candidate> candidates =
        List.of(
            new Candidate("1", 1.0, 1, 1, 0.7, Map.of("votes", Double.NaN)),
            new Candidate("2", 0.0, 2, 2, 0.8, Map.of("votes", 3.0)));
    assertEquals(
        List.of("votes is not a finite number for all candidates"),
        Term.of(List.of("votes")).stream()
            .limit(1)
            .flatMap(t -> t.problem(candidates).stream())
            .toList());
  }

  private static double mean(double[] values) {
    return IntStream.range(0, values.length).mapToDouble(i -> values[i]).average().orElseThrow();
  }
}
