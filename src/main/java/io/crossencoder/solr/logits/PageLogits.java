// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.logits;

import io.crossencoder.lucene.PassageReader;
import io.crossencoder.model.Deadline;
import io.crossencoder.model.ModelSpec;
import io.crossencoder.model.Passage;
import io.crossencoder.model.PassageScorer;
import io.crossencoder.model.Scores;
import io.crossencoder.solr.metrics.FailureLog;
import io.crossencoder.solr.metrics.RerankOutcome;
import io.crossencoder.solr.parameters.AbsentModel;
import io.crossencoder.solr.parameters.AbsentModel.MissingModelException;
import io.crossencoder.solr.report.RerankContext;
import io.crossencoder.solr.request.RequestBudget;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.lucene.index.IndexReader;

/**
 * The logits of the documents of a page, computed in one batch while the page is written. Failures
 * leave documents without a logit, because it is too late for an error response.
 *
 * @param byDoc logits by document
 * @param cached number of logits from the score cache
 * @param outcome reason for missing logits
 */
record PageLogits(Map<Integer, Logit> byDoc, int cached, RerankOutcome outcome) {

  private static final String WHAT = "writing the page without some logits";

  /** The logit of one document. */
  record Logit(float value, double probability, boolean truncated, String window) {

    Logit with(String best) {
      return new Logit(value, probability, truncated, best);
    }
  }

  /**
   * Scores documents; those scored by reranking are in the score cache.
   *
   * @param docs documents beyond the maximum number are skipped
   */
  static PageLogits score(ScoringRequest asked, IndexReader reader, List<Integer> docs) {
    RerankContext context = asked.context();
    if (docs.isEmpty() || context.isSkipped()) {
      return new PageLogits(Map.of(), 0, RerankOutcome.COMPLETE);
    }
    FailureLog failures = context.metrics().failures();
    int[] first = docs.stream().limit(asked.maxDocs()).mapToInt(Integer::intValue).toArray();
    PassageReader passages = asked.key().passage().reader();
    long start = System.nanoTime();
    try {
      AbsentModel.refuseToScore(context.params().model());
      Deadline deadline = context.deadline();
      PassageScorer scorer = context.scorer();
      List<Passage> read = passages.read(reader, first, scorer, deadline);
      int[] withText =
          IntStream.range(0, first.length)
              .filter(i -> read.get(i) != null && !read.get(i).isEmpty())
              .toArray();
      Scores given = scorer.score(Arrays.stream(withText).mapToObj(read::get).toList(), deadline);
      RerankOutcome outcome = RerankOutcome.of(given.outcome());
      if (read.contains(null)) {
        outcome = outcome.orWorse(RerankOutcome.PARTIAL);
      }
      if (given.failure().isPresent()) {
        failures.report(WHAT, given.failure().get());
      } else if (outcome != RerankOutcome.COMPLETE) {
        failures.warn(WHAT + ": " + outcome.label());
      }
      return new PageLogits(
          byDoc(
              Arrays.stream(withText).map(i -> first[i]).toArray(), given, scorer.encoder().spec()),
          given.work().cached(),
          outcome);
    } catch (MissingModelException e) {
      failures.warn(WHAT, e.getMessage());
      return new PageLogits(Map.of(), 0, RerankOutcome.FAILED);
    } catch (IOException | RuntimeException | LinkageError e) {
      failures.report(WHAT, e);
      return new PageLogits(Map.of(), 0, RerankOutcome.FAILED);
    } finally {
      RequestBudget.spend(System.nanoTime() - start);
    }
  }

  private static Map<Integer, Logit> byDoc(int[] docs, Scores scores, ModelSpec model) {
    Map<Integer, Logit> byDoc = new HashMap<>();
    for (int i = 0; i < docs.length; i++) {
      if (!Float.isNaN(scores.logits()[i])) {
        float logit = scores.logits()[i];
        byDoc.put(
            docs[i],
            new Logit(
                logit, model.probability(logit), scores.truncated()[i], scores.texts().get(i)));
      }
    }
    return byDoc;
  }
}
