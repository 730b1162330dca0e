// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.cloud;

import static org.apache.solr.search.SolrReturnFields.ORIGINAL_SCORE;
import static org.apache.solr.search.SolrReturnFields.SCORE;

import io.crossencoder.solr.cloud.GlobalPage.Hit;
import io.crossencoder.solr.logits.KnownHit;
import io.crossencoder.solr.logits.KnownLogits;
import io.crossencoder.solr.logits.LogitTransformer;
import io.crossencoder.solr.report.FinishedRescoring;
import io.crossencoder.solr.report.ResponseSection;
import io.crossencoder.solr.rerank.GlobalScopeQuery;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.search.Explanation;
import org.apache.solr.common.SolrDocument;
import org.apache.solr.common.SolrDocumentList;
import org.apache.solr.common.util.SimpleOrderedMap;
import org.apache.solr.handler.component.ResponseBuilder;
import org.apache.solr.handler.component.ShardDoc;

/**
 * The page of a {@link GlobalRerank}.
 *
 * @param hits hits of the page, best first
 */
record GlobalPage(ResponseBuilder builder, GlobalScopeQuery query, List<Hit> hits) {

  /** A hit with its first-pass rank, first-pass score and final score. */
  record Hit(ShardDoc doc, int place, float firstPass, float score) {}

  /** Stores the page where Solr's components read it to fetch, highlight and write documents. */
  void answer(int start) {
    SolrDocumentList merged = builder.getResponseDocs();
    SolrDocumentList page = new SolrDocumentList();
    page.setNumFound(merged.getNumFound());
    page.setNumFoundExact(merged.getNumFoundExact());
    page.setMaxScore(merged.getMaxScore());
    page.setStart(start);
    Map<Object, ShardDoc> ids = new HashMap<>();
    Map<String, KnownHit> known = known();
    for (Hit hit : hits) {
      ShardDoc doc = hit.doc();
      // Not null only if the request fetches documents together with the hits.
      SolrDocument fetched = merged.get(doc.positionInResponse);
      doc.score = hit.score();
      Map<String, Object> scores = scores(hit);
      ScoreFields.set(doc, scores);
      if (fetched != null) {
        scores.forEach(fetched::setField);
        KnownHit logit = known.get(doc.id.toString());
        if (logit != null) {
          LogitTransformer.of(builder.rsp.getReturnFields())
              .forEach(transformer -> transformer.overwrite(fetched, logit));
        }
      }
      doc.positionInResponse = page.size();
      page.add(fetched);
      ids.put(doc.id.toString(), doc);
    }
    builder.resultIds = ids;
    builder.setResponseDocs(page);
    KnownLogits.keep(builder, known);
    if (builder.isDebugResults()) {
      explain();
    }
  }

  /** The results of this reranking by uniqueKey. */
  private Map<String, KnownHit> known() {
    Map<Integer, KnownHit> byPlace =
        FinishedRescoring.find(query.context().key()).map(KnownLogits::of).orElse(Map.of());
    Map<String, KnownHit> known = new HashMap<>();
    for (Hit hit : hits) {
      if (byPlace.containsKey(hit.place())) {
        known.put(hit.doc().id.toString(), byPlace.get(hit.place()));
      }
    }
    return known;
  }

  /** The score fields of a hit by name. */
  private Map<String, Object> scores(Hit hit) {
    Map<String, Object> scores = new HashMap<>();
    ScoreFields.of(builder.rsp.getReturnFields())
        .forEach(
            (name, source) -> {
              String kind = source.isEmpty() ? name : source;
              if (kind.equals(SCORE)) {
                scores.put(name, hit.score());
              } else if (kind.equals(ORIGINAL_SCORE)) {
                scores.put(name, hit.firstPass());
              }
            });
    return scores;
  }

  /**
   * Completes the section {@code debug}: the explanations of shards contain only the first pass.
   */
  private void explain() {
    SimpleOrderedMap<Object> explanations = new SimpleOrderedMap<>();
    for (Hit hit : hits) {
      Explanation firstPass = Explanation.match(hit.firstPass(), "first-pass score, see explain");
      query
          .rescorer()
          .explainReranked(firstPass, hit.place())
          .ifPresent(text -> explanations.add(hit.doc().id.toString(), text.toString()));
    }
    builder.addDebugInfo(ResponseSection.NAME, explanations);
  }
}
