// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr;

import static org.apache.solr.search.SolrReturnFields.ORIGINAL_SCORE;
import static org.apache.solr.search.SolrReturnFields.SCORE;

import io.crossencoder.lucene.TailScores;
import io.crossencoder.solr.RerankParams.Ordering;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.lucene.search.Explanation;
import org.apache.lucene.search.ScoreDoc;
import org.apache.solr.common.SolrDocument;
import org.apache.solr.common.SolrDocumentList;
import org.apache.solr.common.params.CommonParams;
import org.apache.solr.common.util.SimpleOrderedMap;
import org.apache.solr.handler.component.ResponseBuilder;
import org.apache.solr.handler.component.ShardDoc;
import org.apache.solr.handler.component.ShardRequest;
import org.apache.solr.handler.component.ShardResponse;
import org.apache.solr.search.SortSpec;

/**
 * {@code reRankScope=global}, on the coordinator: asks the shards for as many hits as a rerank in
 * one core would collect, and reranks the best of all of them.
 *
 * <p>Of the same first-pass score, the hit of the shard that comes first by name is the better one,
 * then the one that its shard has before the other: as in one core with the documents of the first
 * shard before those of the second.
 */
final class GlobalRerank {

  /** One hit: what the first pass made of it, and its final score. */
  private record Hit(ShardDoc doc, int place, float firstPass, float score) {}

  private final ResponseBuilder builder;
  private final GlobalScopeQuery query;

  GlobalRerank(ResponseBuilder builder, GlobalScopeQuery query) {
    this.builder = builder;
    this.query = query;
  }

  /** Before the shards are asked: makes the request and the merge wide enough for the window. */
  void widen(ShardRequest request) {
    SortSpec page = builder.getSortSpec();
    if (page.getSort() != null) {
      throw RerankParams.bad(
          RerankParams.RE_RANK_SCOPE,
          "global",
          "cannot be combined with another order than the score's, as elevated documents have;"
              + " reRankScope=shard can");
    }
    if (query.state().isSkipped() || page.getCount() == 0) {
      return;
    }
    int rows = ordering().firstPassHits(page.getOffset() + page.getCount());
    if (builder.shards_rows < 0) {
      request.params.set(CommonParams.ROWS, rows);
    }
    // Solr breaks ties between shards by their addresses, in an order that changes from request to
    // request: here it shall merge all hits, and the ties are broken in rerank().
    long all = (long) rows * builder.shards.length;
    builder.req.getContext().put(GlobalRerank.class, page);
    builder.setSortSpec(
        new SortSpec(null, page.getSchemaFields(), (int) Math.min(all, MOST_HITS), 0));
  }

  private static final int MOST_HITS = Integer.MAX_VALUE - 1024;

  /** When all shards have answered: makes the page of their hits. */
  void rerank(List<ShardResponse> responses) {
    SortSpec page = (SortSpec) builder.req.getContext().remove(GlobalRerank.class);
    if (page != null) {
      builder.setSortSpec(page);
    }
    if (builder.resultIds == null || builder.getSortSpec().getCount() == 0) {
      return;
    }
    SimpleOrderedMap<Object> section = ResponseSection.open(query.state(), builder.rsp);
    if (page != null) {
      List<ShardDoc> firstPass = firstPass();
      List<Hit> hits =
          reranked(firstPass, new ShardEvidence(responses))
              .filter(hit -> ordering().keeps(hit.score()))
              .skip(page.getOffset())
              .limit(page.getCount())
              .toList();
      if (builder.isDebugResults()) {
        explain(hits);
      }
      answer(hits, page.getOffset());
    }
    int missing = (int) responses.stream().filter(one -> one.getException() != null).count();
    section.add(RerankParams.RE_RANK_SCOPE, "global");
    ShardSections.addShards(section, responses.size(), missing);
  }

  private Ordering ordering() {
    return query.state().ordering();
  }

  private List<ShardDoc> firstPass() {
    Map<String, Integer> shards = shardsInOrder();
    return builder.resultIds.values().stream()
        .sorted(
            Comparator.<ShardDoc>comparingDouble(hit -> -hit.score)
                .thenComparing(hit -> shards.get(hit.shard))
                .thenComparing(hit -> hit.orderInShard))
        .toList();
  }

  /** The place of each by its name; by what the request says, where it names addresses itself. */
  private Map<String, Integer> shardsInOrder() {
    List<Integer> byName =
        IntStream.range(0, builder.shards.length)
            .boxed()
            .sorted(
                Comparator.comparing(
                    (Integer shard) -> builder.slices[shard],
                    Comparator.nullsLast(Comparator.naturalOrder())))
            .toList();
    Map<String, Integer> places = new HashMap<>();
    byName.forEach(shard -> places.put(builder.shards[shard], places.size()));
    return places;
  }

  /** The window in its new order, then the tail. */
  private Stream<Hit> reranked(List<ShardDoc> firstPass, ShardEvidence evidence) {
    int size = Math.min(firstPass.size(), ordering().reRankDocs());
    ScoreDoc[] window =
        IntStream.range(0, size)
            .mapToObj(place -> new ScoreDoc(place, firstPass.get(place).score))
            .toArray(ScoreDoc[]::new);
    ScoreDoc[] rescored =
        size == 0
            ? window
            : query
                .rescorer()
                .rescoreElsewhere(window, () -> evidence.of(firstPass.subList(0, size)));
    ScoreDoc[] tail =
        IntStream.range(size, firstPass.size())
            .mapToObj(place -> new ScoreDoc(place, firstPass.get(place).score))
            .toArray(ScoreDoc[]::new);
    TailScores.apply(tail, 0);
    return Stream.concat(Arrays.stream(rescored), Arrays.stream(tail))
        .map(
            hit -> {
              ShardDoc doc = firstPass.get(hit.doc);
              return new Hit(doc, hit.doc, doc.score, hit.score);
            });
  }

  /** Puts the page where Solr looks for it when it fetches, highlights and writes documents. */
  private void answer(List<Hit> hits, int start) {
    SolrDocumentList merged = builder.getResponseDocs();
    SolrDocumentList page = new SolrDocumentList();
    page.setNumFound(merged.getNumFound());
    page.setNumFoundExact(merged.getNumFoundExact());
    page.setMaxScore(merged.getMaxScore());
    page.setStart(start);
    Map<Object, ShardDoc> ids = new HashMap<>();
    for (Hit hit : hits) {
      ShardDoc doc = hit.doc();
      // Null, but in a request that fetches the documents together with the hits.
      SolrDocument fetched = merged.get(doc.positionInResponse);
      doc.score = hit.score();
      doc.scoreDependentFields = scores(hit);
      if (fetched != null) {
        doc.scoreDependentFields.forEach(fetched::setField);
      }
      doc.positionInResponse = page.size();
      page.add(fetched);
      ids.put(doc.id.toString(), doc);
    }
    builder.resultIds = ids;
    builder.setResponseDocs(page);
  }

  /** The fields of a hit that are scores, under whatever name, as this rerank has them. */
  private Map<String, Object> scores(Hit hit) {
    Map<String, Object> scores = new HashMap<>();
    builder
        .rsp
        .getReturnFields()
        .getScoreDependentReturnFields()
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

  /** In the section {@code debug}: explanations of shards end with the first pass. */
  private void explain(List<Hit> hits) {
    SimpleOrderedMap<Object> explanations = new SimpleOrderedMap<>();
    for (Hit hit : hits) {
      Explanation firstPass = Explanation.match(hit.firstPass(), "first pass, see explain");
      query
          .rescorer()
          .explainReranked(firstPass, hit.place())
          .ifPresent(text -> explanations.add(hit.doc().id.toString(), text.toString()));
    }
    builder.addDebugInfo(ResponseSection.NAME, explanations);
  }
}
