// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.logits;

import io.crossencoder.lucene.PassageReader;
import io.crossencoder.lucene.TailScores;
import io.crossencoder.model.Deadline;
import io.crossencoder.model.Passage;
import io.crossencoder.model.PassageScorer;
import io.crossencoder.model.Scores;
import io.crossencoder.solr.logits.PageLogits.Logit;
import io.crossencoder.solr.parameters.AbsentModel;
import io.crossencoder.solr.parameters.AbsentModel.MissingModelException;
import io.crossencoder.solr.request.RequestBudget;
import io.crossencoder.solr.request.ThisRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.queries.function.FunctionValues;
import org.apache.lucene.queries.function.ValueSource;
import org.apache.lucene.search.IndexSearcher;
import org.apache.solr.common.SolrException;
import org.apache.solr.common.SolrException.ErrorCode;
import org.apache.solr.search.DocIterator;
import org.apache.solr.search.QueryLimits;
import org.apache.solr.search.QueryLimitsExceededException;

/**
 * The logit or the probability of a document as a function. Part of keys of Solr's caches: equal
 * functions have equal values, and no request or searcher is referenced. Thread-safe.
 *
 * <p>The functions of two requests are equal only after one of the requests has ended. Otherwise
 * Solr's filterCache would make one request wait for the other, and if the other failed, both would
 * return HTTP 500.
 */
final class LogitFunction extends ValueSource {

  private final ScoringRequest asked;
  private final boolean probability;
  private final PassageReader passages;
  private final RequestState request = RequestState.current();

  /** Number of documents that were scored one by one. Each request parses its own function. */
  private final AtomicInteger scored = new AtomicInteger();

  LogitFunction(ScoringRequest asked, boolean probability) {
    this.asked = asked;
    this.probability = probability;
    this.passages = asked.key().passage().reader();
  }

  /** {@inheritDoc} Called once before values are requested, possibly by several threads. */
  @Override
  public void createWeight(Map<Object, Object> context, IndexSearcher searcher) {
    context.put(this, known(searcher));
  }

  @Override
  @SuppressWarnings("unchecked") // Set by createWeight().
  public FunctionValues getValues(Map<Object, Object> context, LeafReaderContext leaf) {
    Object known = context.getOrDefault(this, Map.of());
    return new LogitValues(this, leaf, (Map<Integer, Float>) known);
  }

  /**
   * The logits that are known or can be computed in one batch; {@link Float#NaN} after a failure.
   */
  private Map<Integer, Float> known(IndexSearcher searcher) {
    Map<Integer, Float> known = new HashMap<>();
    KnownLogits.find(asked.key())
        .ifPresent(
            hits ->
                hits.forEach(
                    (doc, hit) -> hit.logit().ifPresent(logit -> known.put(doc, logit.value()))));
    List<Integer> page = new ArrayList<>(page());
    page.removeAll(known.keySet());
    Map<Integer, Logit> batch = PageLogits.score(asked, searcher.getIndexReader(), page).byDoc();
    for (int doc : page) {
      known.put(doc, batch.containsKey(doc) ? batch.get(doc).value() : Float.NaN);
    }
    return known;
  }

  /** The documents of the response, if the search has ended. */
  private static List<Integer> page() {
    List<Integer> page = new ArrayList<>();
    ThisRequest.page()
        .ifPresent(
            docs -> {
              for (DocIterator doc = docs.iterator(); doc.hasNext(); ) {
                page.add(doc.nextDoc());
              }
            });
    return page;
  }

  /** The logit of one document; {@link Float#NaN} if query or document has no text. */
  float score(LeafReaderContext leaf, int doc) throws IOException {
    if (asked.context().isSkipped()) {
      return Float.NaN;
    }
    if (QueryLimits.getCurrentLimits().shouldExit()) {
      throw new QueryLimitsExceededException("crossencoder(...): the time limit was reached");
    }
    if (scored.incrementAndGet() > asked.maxDocs()) {
      throw new SolrException(
          ErrorCode.BAD_REQUEST,
          "crossencoder(...): more than "
              + asked.maxDocs()
              + " documents to score (maxReRankDocs in solrconfig.xml); restrict the matches,"
              + " or rerank the top documents with rq={!crossencoder}");
    }
    needModel();
    PassageScorer scorer = asked.context().scorer();
    Deadline deadline = RequestBudget.deadline(Optional.empty());
    Passage passage = passages.read(leaf.reader(), new int[] {doc}, scorer, deadline).get(0);
    if (passage == null) {
      throw new QueryLimitsExceededException("crossencoder(...): the time limit was reached");
    }
    if (passage.isEmpty()) {
      return Float.NaN;
    }
    Scores scores = scorer.score(List.of(passage), deadline);
    return switch (scores.outcome()) {
      case COMPLETE -> scores.logits()[0];
      case PARTIAL ->
          throw new QueryLimitsExceededException("crossencoder(...): the time limit was reached");
      case OVERLOADED ->
          throw new SolrException(
              ErrorCode.SERVICE_UNAVAILABLE, "crossencoder(...): overloaded, the queue is full");
      case FAILED -> {
        Throwable cause = scores.failure().orElseThrow();
        asked.context().metrics().failures().remember("crossencoder(...) failed", cause);
        throw new SolrException(
            ErrorCode.SERVER_ERROR, "crossencoder(...) failed: " + cause.getMessage(), cause);
      }
    };
  }

  /** Throws if the shard lacks the model. Solr then sends the request to another replica. */
  private void needModel() {
    try {
      AbsentModel.refuseToScore(asked.context().params().model());
    } catch (MissingModelException e) {
      throw new SolrException(
          ErrorCode.SERVICE_UNAVAILABLE, "crossencoder(...): " + e.getMessage(), e);
    }
  }

  /** The value for a logit; a missing logit has the lowest value. */
  float value(float logit) {
    if (Float.isNaN(logit)) {
      return probability ? 0 : TailScores.FLOOR;
    }
    return probability ? (float) asked.context().params().model().spec().probability(logit) : logit;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LogitFunction that
        && probability == that.probability
        && asked.key().equals(that.asked.key())
        && (request == that.request || request.isOver() || that.request.isOver());
  }

  @Override
  public int hashCode() {
    return Objects.hash(LogitFunction.class, probability, asked.key());
  }

  @Override
  public String description() {
    return "crossencoder('" + asked.key().query() + "',model=" + asked.context().model() + ")";
  }
}
