// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.logits;

import io.crossencoder.lucene.TailScores;
import io.crossencoder.solr.logits.PageLogits.Logit;
import io.crossencoder.solr.metrics.RerankOutcome;
import io.crossencoder.solr.parameters.PluginConfig;
import io.crossencoder.solr.request.ThisRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.lucene.search.IndexSearcher;
import org.apache.solr.common.SolrDocument;
import org.apache.solr.common.util.NamedList;
import org.apache.solr.common.util.SimpleOrderedMap;
import org.apache.solr.response.ResultContext;
import org.apache.solr.response.transform.DocTransformer;
import org.apache.solr.response.transform.DocTransformers;
import org.apache.solr.search.DocIterationInfo;
import org.apache.solr.search.DocIterator;
import org.apache.solr.search.DocList;
import org.apache.solr.search.ReturnFields;

/** Writes the values of {@link LogitTransformerFactory} for one page. */
public final class LogitTransformer extends DocTransformer {

  private final String field;
  private final ScoringRequest asked;
  private final boolean reranks;
  private final boolean tail;
  private final boolean window;

  private final Map<Integer, KnownHit> hits = new HashMap<>();
  private final Map<Integer, String> whyNot = new HashMap<>();

  /** The current page, and whether the rank query ordered it. */
  private DocList page;

  private boolean ranked;

  private TransformerCosts costs = TransformerCosts.NONE;

  /**
   * A transformer for one request.
   *
   * @param asked settings of the logits
   * @param reranks whether the request's rank query has the same logits
   * @param tail whether to compute logits for documents that were not reranked
   * @param window whether to include the text of the highest-scoring window
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

  /** The transformers of a response. */
  public static List<LogitTransformer> of(ReturnFields fields) {
    DocTransformer all = fields == null ? null : fields.getTransformer();
    Stream<DocTransformer> each =
        all instanceof DocTransformers several
            ? IntStream.range(0, several.size()).mapToObj(several::getTransformer)
            : Stream.ofNullable(all);
    return each.filter(LogitTransformer.class::isInstance)
        .map(LogitTransformer.class::cast)
        .toList();
  }

  @Override
  public void setContext(ResultContext context) {
    super.setContext(context);
    take(context.getDocList(), context.getSearcher());
  }

  /** Computes the missing logits of a page, before or when its writing starts. */
  void take(DocList docs, IndexSearcher searcher) {
    if (docs != null && docs != page) {
      page = docs;
      score(unknown(), searcher);
    }
  }

  /**
   * Whether the page is the result of this request's search, and not a page of another component,
   * such as expanded groups, or of a handler without reranking, such as /mlt.
   */
  private boolean isResult() {
    return ThisRequest.page().filter(found -> found == page).isPresent();
  }

  /** Collects the known logits of the page; returns the documents whose logits must be computed. */
  private List<Integer> unknown() {
    ranked = reranks && !asked.context().isSkipped() && isResult();
    Optional<Map<Integer, KnownHit>> known = KnownLogits.find(asked.key());
    // Not with the size of the page: after an overflow of start + rows, it is too large in Solr.
    List<Integer> unknown = new ArrayList<>();
    DocIterator docs = page.iterator();
    for (int place = 0; docs.hasNext(); place++) {
      int doc = docs.nextDoc();
      KnownHit hit = known.map(all -> all.get(doc)).orElse(KnownHit.NOTHING);
      Optional<Boolean> reranked =
          isReranked(hit, known.isPresent(), page.hasScores() ? docs.score() : Float.NaN);
      Optional<Logit> logit = hit.logit().or(() -> of(doc).logit());
      hits.put(doc, new KnownHit(reranked, hit.rank().filter(any -> ranked), logit));
      boolean wants = tail || reranked.orElse(true) || (window && asked.mayBeReranked(place));
      if (wants && (window || logit.isEmpty())) {
        unknown.add(doc);
      }
    }
    return unknown;
  }

  private Optional<Boolean> isReranked(KnownHit hit, boolean reported, float score) {
    if (!ranked || asked.isRerankedElsewhere()) {
      return Optional.of(false);
    }
    if (reported) {
      return Optional.of(hit.reranked().orElse(false));
    }
    return Float.isNaN(score) ? Optional.empty() : Optional.of(score >= TailScores.FLOOR);
  }

  private KnownHit of(int doc) {
    return hits.getOrDefault(doc, KnownHit.NOTHING);
  }

  private void score(List<Integer> docs, IndexSearcher searcher) {
    List<Integer> first = docs.subList(0, Math.min(docs.size(), asked.maxDocs()));
    PageLogits logits = PageLogits.score(asked, searcher.getIndexReader(), first);
    logits.byDoc().forEach((doc, logit) -> hits.put(doc, of(doc).with(logit)));
    if (logits.outcome() != RerankOutcome.COMPLETE) {
      first.forEach(doc -> whyNot.put(doc, logits.outcome().label()));
    }
    docs.subList(first.size(), docs.size())
        .forEach(doc -> whyNot.put(doc, PluginConfig.MAX_RE_RANK_DOCS.key()));
    costs = costs.and(TransformerCosts.of(logits, docs.size() - first.size()));
  }

  /** The costs of the transformer besides reranking. */
  TransformerCosts costs() {
    return costs;
  }

  /** {@inheritDoc} */
  @Override
  @SuppressWarnings("deprecation") // Solr calls only this method for pages without scores.
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
      score(List.of(doc), context.getSearcher());
    }
    SimpleOrderedMap<Object> out = of(doc).written(window);
    if (of(doc).logit().isEmpty() && whyNot.containsKey(doc)) {
      out.add("outcome", whyNot.get(doc));
    }
    return out;
  }

  /** Replaces the values of a shard that did not rerank the hit. */
  public void overwrite(SolrDocument doc, KnownHit hit) {
    if (reranks) {
      Object best =
          doc.getFieldValue(field) instanceof NamedList<?> out ? out.get(KnownHit.WINDOW) : null;
      KnownHit told =
          hit.logit()
              .map(logit -> hit.with(logit.with(best == null ? "" : best.toString())))
              .orElse(hit);
      doc.setField(field, told.written(window));
    }
  }
}
