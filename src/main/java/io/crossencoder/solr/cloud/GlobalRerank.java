// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.cloud;

import io.crossencoder.solr.cloud.GlobalPage.Hit;
import io.crossencoder.solr.options.ParameterValues;
import io.crossencoder.solr.page.Elevation;
import io.crossencoder.solr.page.PageOrder;
import io.crossencoder.solr.page.TieOrder;
import io.crossencoder.solr.parameters.Ordering;
import io.crossencoder.solr.report.RerankReporter;
import io.crossencoder.solr.request.ShardMessages;
import io.crossencoder.solr.rerank.GlobalScopeQuery;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.Sort;
import org.apache.solr.common.SolrDocumentList;
import org.apache.solr.common.params.CommonParams;
import org.apache.solr.handler.component.ResponseBuilder;
import org.apache.solr.handler.component.ShardDoc;
import org.apache.solr.handler.component.ShardRequest;
import org.apache.solr.handler.component.ShardResponse;
import org.apache.solr.search.SortSpec;

/**
 * {@code reRankScope=global} on the coordinator: requests as many hits from the shards as one core
 * would collect, and reranks the top hits of all shards.
 *
 * <p>Hits with equal scores are ordered by the other sort criteria. Without such criteria, they are
 * ordered by the name of the shard, then by their order in the shard: as in one core with the
 * documents of the first shard before those of the second.
 */
record GlobalRerank(ResponseBuilder builder, GlobalScopeQuery query) {

  private static final int MAX_HITS = Integer.MAX_VALUE - 1024;

  /** Before requests are sent: increases the number of hits of the request and the merge. */
  void widen(ShardRequest request) {
    SortSpec page = builder.getSortSpec();
    if (!TieOrder.isByScore(page.getSort())) {
      throw ParameterValues.bad("sort", page.getSort().toString(), "must start with 'score desc'");
    }
    if (query.context().isSkipped() || page.getCount() == 0) {
      return;
    }
    if ((long) page.getOffset() + page.getCount() + ordering().reRankDocs() > MAX_HITS) {
      throw ParameterValues.bad(
          CommonParams.ROWS,
          "" + page.getCount(),
          "the sum with start and reRankDocs must be at most " + MAX_HITS);
    }
    int rows = Math.max(page.getOffset() + page.getCount(), ordering().reRankDocs());
    if (builder.shards_rows < 0) {
      request.params.set(CommonParams.ROWS, rows);
    }
    request.params.set(
        ShardMessages.MAX_LENGTH, query.context().params().model().spec().maxLength());
    // Solr breaks ties between shards by their addresses, in an order that changes between
    // requests. The merge must therefore keep all hits; rerank() breaks the ties.
    long all = Math.min((long) rows * builder.shards.length, MAX_HITS);
    builder.req.getContext().put(GlobalRerank.class, page);
    builder.setSortSpec(new SortSpec(page.getSort(), page.getSchemaFields(), (int) all, 0));
  }

  /** Reranks when all shards have responded. */
  void rerank(List<ShardResponse> responses) {
    SortSpec page = (SortSpec) builder.req.getContext().remove(GlobalRerank.class);
    if (page != null) {
      builder.setSortSpec(page);
    }
    if (builder.resultIds == null || builder.getSortSpec().getCount() == 0) {
      return;
    }
    RerankReporter reporter = new RerankReporter(query.context());
    reporter.open(builder.rsp);
    if (page != null) {
      List<Hit> hits = page(page, new ShardInputs(responses), reporter);
      new GlobalPage(builder, query, hits).answer(page.getOffset());
    }
    int missing = (int) responses.stream().filter(one -> one.getException() != null).count();
    reporter.overShards(responses.size(), missing);
  }

  private Ordering ordering() {
    return query.context().ordering();
  }

  private List<ShardDoc> firstPass(
      Sort sort, Comparator<ScoreDoc> ties, ToIntFunction<ShardDoc> elevation) {
    Map<String, Integer> shards = shardsInOrder();
    builder.resultIds.values().forEach(hit -> TieOrder.fill(hit, sort));
    return builder.resultIds.values().stream()
        .sorted(
            Comparator.<ShardDoc>comparingInt(hit -> -elevation.applyAsInt(hit))
                .thenComparing(hit -> -hit.score)
                .thenComparing(ties)
                .thenComparing(hit -> shards.get(hit.shard))
                .thenComparing(hit -> hit.orderInShard))
        .toList();
  }

  /** The position of each shard by its name; if the request contains addresses, by their order. */
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

  private Comparator<ScoreDoc> ties(Sort sort) {
    try {
      return TieOrder.of(sort, builder.req.getSearcher());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ScoreDoc asPlace(ShardDoc hit, int place) {
    return new FieldDoc(place, hit.score, hit.fields);
  }

  private List<Hit> page(SortSpec page, ShardInputs inputs, RerankReporter reporter) {
    ToIntFunction<ShardDoc> elevation = Elevation.overShards(builder.req);
    Comparator<ScoreDoc> ties = ties(page.getSort());
    List<ShardDoc> firstPass = firstPass(page.getSort(), ties, elevation);
    if (ordering().hasNoPage(firstPass.size(), page.getOffset())) {
      // There are no hits, or the page starts after the last hit.
      reporter.noHits();
      return List.of();
    }
    // Their document numbers are positions in the first pass.
    ScoreDoc[] hits =
        IntStream.range(0, firstPass.size())
            .mapToObj(place -> asPlace(firstPass.get(place), place))
            .toArray(ScoreDoc[]::new);
    int size = Math.min(hits.length, ordering().reRankDocs());
    ScoreDoc[] window =
        query
            .rescorer()
            .with(ties)
            .rescoreElsewhere(
                Arrays.copyOf(hits, size),
                () -> inputs.of(firstPass.subList(0, size), ordering().blend().names().size()));
    System.arraycopy(window, 0, hits, 0, size);
    PageOrder order =
        new PageOrder(ordering(), place -> elevation.applyAsInt(firstPass.get(place)));
    ScoreDoc[] staying = order.staying(hits, size, query.context().removes());
    if (query.context().removes()) {
      SolrDocumentList merged = builder.getResponseDocs();
      reporter.removed(Math.toIntExact(merged.getNumFound() - staying.length));
      merged.setNumFound(staying.length);
      merged.setNumFoundExact(true);
    }
    return Arrays.stream(order.elevated(staying, page.getOffset(), page.getCount()))
        .map(
            hit ->
                new Hit(firstPass.get(hit.doc), hit.doc, firstPass.get(hit.doc).score, hit.score))
        .toList();
  }
}
