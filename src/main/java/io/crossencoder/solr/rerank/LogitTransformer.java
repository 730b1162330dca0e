// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.rerank;

import io.crossencoder.lucene.Candidate;
import io.crossencoder.lucene.RescoreResult;
import io.crossencoder.lucene.TailScores;
import io.crossencoder.solr.metrics.RerankOutcome;
import io.crossencoder.solr.rerank.PageLogits.Logit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.solr.common.SolrDocument;
import org.apache.solr.common.util.SimpleOrderedMap;
import org.apache.solr.handler.component.ResponseBuilder;
import org.apache.solr.response.ResultContext;
import org.apache.solr.response.transform.DocTransformer;
import org.apache.solr.response.transform.DocTransformers;
import org.apache.solr.search.DocIterationInfo;
import org.apache.solr.search.DocIterator;
import org.apache.solr.search.DocList;

/** Writes what {@link LogitTransformerFactory} promises, of one page. */
final class LogitTransformer extends DocTransformer {

  private final String field;
  private final ScoringRequest asked;
  private final boolean reranks;
  private final boolean tail;
  private final boolean window;

  private final Map<Integer, Candidate> candidates = new HashMap<>();
  private final Map<Integer, Boolean> reranked = new HashMap<>();
  private final Map<Integer, Logit> scored = new HashMap<>();

  /** Whether the page at hand is what the rerank ordered. */
  private boolean ranked;

  private final Map<Integer, String> whyNot = new HashMap<>();

  /**
   * For one request.
   *
   * @param asked what the logits are of
   * @param reranks whether the request's own rerank is by the same logits
   * @param tail whether documents that were not reranked get one, too
   * @param window whether the text of the best window is wanted
   */
  LogitTransformer(
      String field, ScoringRequest asked, boolean reranks, boolean tail, boolean window) {
    this.field = field;
    this.asked = asked;
    this.reranks = reranks;
    this.tail = tail;
    this.window = window;
  }

  @Override
  public String getName() {
    return field;
  }

  @Override
  public boolean needsSolrIndexSearcher() {
    return true;
  }

  @Override
  public void setContext(ResultContext context) {
    super.setContext(context);
    if (context.getDocList() != null) {
      score(unknown(context.getDocList()));
    }
  }

  /** Says before the page is written for how many of its hits no logit will be computed. */
  static void reportLeftOut(ResponseBuilder builder) {
    if (builder.getResults() != null && builder.rsp.getReturnFields() != null) {
      DocList page = builder.getResults().docList;
      int hits = leftOut(builder.rsp.getReturnFields().getTransformer(), page);
      if (hits > 0) {
        RerankReporter.leftOut(builder.rsp, hits);
      }
    }
  }

  private static int leftOut(DocTransformer asked, DocList page) {
    if (asked instanceof DocTransformers several) {
      return IntStream.range(0, several.size())
          .map(i -> leftOut(several.getTransformer(i), page))
          .sum();
    }
    return asked instanceof LogitTransformer ours
        ? Math.max(0, ours.unknown(page).size() - ours.asked.maxDocs())
        : 0;
  }

  /** The documents of a page that want a logit and have none. */
  private List<Integer> unknown(DocList page) {
    Optional<RescoreResult> result = RerankReporter.find(asked.key());
    result.ifPresent(found -> found.candidates().forEach(c -> candidates.put(c.doc(), c)));
    ranked = reranks && !asked.context().isSkipped() && RerankReporter.isResult(page);
    List<Integer> unknown = new ArrayList<>(page.size());
    for (DocIterator docs = page.iterator(); docs.hasNext(); ) {
      int doc = docs.nextDoc();
      reranked.remove(doc);
      isReranked(doc, result.isPresent(), page.hasScores() ? docs.score() : Float.NaN)
          .ifPresent(known -> reranked.put(doc, known));
      boolean wants = tail || reranked.getOrDefault(doc, true);
      if (wants && (window || !isScored(doc))) {
        unknown.add(doc);
      }
    }
    return unknown;
  }

  private void score(List<Integer> docs) {
    List<Integer> first = docs.subList(0, Math.min(docs.size(), asked.maxDocs()));
    PageLogits logits = PageLogits.score(asked, context.getSearcher().getIndexReader(), first);
    scored.putAll(logits.byDoc());
    if (logits.outcome() != RerankOutcome.COMPLETE) {
      first.forEach(doc -> whyNot.put(doc, logits.outcome().label()));
    }
    docs.subList(first.size(), docs.size())
        .forEach(doc -> whyNot.put(doc, RerankParameter.MAX_RE_RANK_DOCS.key()));
  }

  private Optional<Boolean> isReranked(int doc, boolean reported, float score) {
    if (!ranked) {
      return Optional.of(false);
    }
    if (reported) {
      return Optional.of(isScored(doc));
    }
    return Float.isNaN(score) ? Optional.empty() : Optional.of(score >= TailScores.FLOOR);
  }

  private boolean isScored(int doc) {
    return candidates.containsKey(doc) && candidates.get(doc).isScored();
  }

  /** {@inheritDoc} */
  @Override
  @SuppressWarnings("deprecation") // The only one that Solr calls for pages without scores.
  public void transform(SolrDocument doc, int docid) {
    if (docid >= 0) {
      doc.setField(field, describe(docid));
    }
  }

  @Override
  public void transform(SolrDocument doc, int docid, DocIterationInfo info) {
    transform(doc, docid);
  }

  private SimpleOrderedMap<Object> describe(int doc) {
    if (context.getDocList() == null) {
      // Real-time get: documents come one by one.
      score(List.of(doc));
    }
    SimpleOrderedMap<Object> out = new SimpleOrderedMap<>();
    Optional<Candidate> candidate = Optional.ofNullable(candidates.get(doc));
    Optional<Logit> logit =
        Optional.ofNullable(scored.get(doc))
            .or(
                () ->
                    candidate
                        .filter(Candidate::isScored)
                        .map(c -> new Logit(c.logit(), c.truncated(), "")));
    logit.ifPresent(
        known -> {
          out.add("logit", known.value());
          out.add("probability", (float) model().probability(known.value()));
        });
    candidate
        .filter(known -> ranked)
        .ifPresent(known -> out.add("firstPassRank", known.firstPassRank() + 1));
    Optional.ofNullable(reranked.get(doc)).ifPresent(known -> out.add("reranked", known));
    logit.ifPresent(known -> out.add("truncated", known.truncated()));
    logit.filter(known -> window).ifPresent(known -> out.add("window", known.window()));
    if (logit.isEmpty() && whyNot.containsKey(doc)) {
      out.add("outcome", whyNot.get(doc));
    }
    return out;
  }

  private io.crossencoder.model.ModelSpec model() {
    return asked.context().params().model().spec();
  }
}
