// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.rerank;

import io.crossencoder.solr.metrics.RerankOutcome;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.solr.common.util.NamedList;
import org.apache.solr.common.util.SimpleOrderedMap;
import org.apache.solr.handler.component.ResponseBuilder;
import org.apache.solr.handler.component.ShardResponse;

/**
 * What the transformer had scored beside the rerank: of the tail, of windows, of results out of a
 * cache.
 *
 * @param scored how many documents have a logit by it, the cached ones included
 * @param cached how many of these the score cache knew
 */
record TransformerCosts(int scored, int cached, RerankOutcome outcome) {

  /** In the section of a response, and beside it in that of a shard. */
  private static final String NAME = "transformer";

  private static final String OF_SHARD = "crossEncoderTransformer";
  private static final String SCORED = "scored";
  private static final String CACHED = "cached";
  private static final String OUTCOME = "outcome";

  /** The hits of a core are there: scores them before the page is written, and tells of it. */
  static void count(ResponseBuilder builder) {
    if (builder.getResults() == null || builder.getResults().docList == null) {
      return;
    }
    List<LogitTransformer> transformers = LogitTransformer.of(builder.rsp.getReturnFields());
    transformers.forEach(one -> one.take(builder.getResults().docList, builder.req.getSearcher()));
    sum(transformers.stream().map(LogitTransformer::costs).flatMap(Optional::stream))
        .ifPresent(
            costs -> {
              if (ShardMessages.isOfShard(builder.req.getParams())) {
                builder.rsp.add(OF_SHARD, costs.written());
              } else {
                costs.writeTo(builder);
              }
            });
  }

  /** On the coordinator, when documents were fetched. */
  static void merge(ResponseBuilder builder) {
    if (builder.finished == null) {
      return;
    }
    sum(builder.finished.stream()
            .flatMap(request -> request.responses.stream())
            .map(TransformerCosts::read)
            .filter(Objects::nonNull))
        .ifPresent(costs -> costs.writeTo(builder));
  }

  private static Optional<TransformerCosts> sum(Stream<TransformerCosts> costs) {
    return costs.reduce(
        (one, other) ->
            new TransformerCosts(
                one.scored + other.scored,
                one.cached + other.cached,
                one.outcome.orWorse(other.outcome)));
  }

  private static TransformerCosts read(ShardResponse response) {
    return response.getException() == null
            && response.getSolrResponse() != null
            && response.getSolrResponse().getResponse().get(OF_SHARD) instanceof NamedList<?> costs
        ? new TransformerCosts(
            (Integer) costs.get(SCORED),
            (Integer) costs.get(CACHED),
            RerankOutcome.of((String) costs.get(OUTCOME)))
        : null;
  }

  private NamedList<Object> written() {
    NamedList<Object> costs = new SimpleOrderedMap<>();
    costs.add(SCORED, scored);
    costs.add(CACHED, cached);
    costs.add(OUTCOME, outcome.label());
    return costs;
  }

  @SuppressWarnings("unchecked") // It is our own section.
  private void writeTo(ResponseBuilder builder) {
    if (builder.rsp.getValues().get(ResponseSection.NAME) instanceof NamedList<?> section) {
      section.remove(NAME);
      ((NamedList<Object>) section).add(NAME, written());
    }
  }
}
