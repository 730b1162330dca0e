// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.logits;

import io.crossencoder.solr.metrics.RerankOutcome;
import io.crossencoder.solr.report.ResponseSection;
import io.crossencoder.solr.request.ShardMessages;
import java.util.List;
import org.apache.solr.common.util.NamedList;
import org.apache.solr.common.util.SimpleOrderedMap;
import org.apache.solr.handler.component.ResponseBuilder;
import org.apache.solr.handler.component.ShardResponse;

/**
 * The costs of the transformer besides reranking, for documents below the candidates, windows, and
 * cached results.
 *
 * @param scored number of documents with a computed or cached logit
 * @param cached number of logits from the score cache
 * @param leftOut number of documents without a logit, because of the maximum number of documents
 */
public record TransformerCosts(int scored, int cached, int leftOut, RerankOutcome outcome) {

  static final TransformerCosts NONE = new TransformerCosts(0, 0, 0, RerankOutcome.COMPLETE);

  /** Key in the response of a shard. */
  private static final String OF_SHARD = "crossEncoderTransformer";

  private static final String SCORED = "scored";
  private static final String LEFT_OUT = "leftOut";
  private static final String CACHED = "cached";
  private static final String OUTCOME = "outcome";

  /** Scores the page of a core before it is written, and reports the costs. */
  public static void count(ResponseBuilder builder) {
    if (builder.getResults() == null || builder.getResults().docList == null) {
      return;
    }
    List<LogitTransformer> transformers = LogitTransformer.of(builder.rsp.getReturnFields());
    transformers.forEach(one -> one.take(builder.getResults().docList, builder.req.getSearcher()));
    TransformerCosts costs =
        transformers.stream().map(LogitTransformer::costs).reduce(NONE, TransformerCosts::and);
    if (ShardMessages.isOfShard(builder.req.getParams()) && !transformers.isEmpty()) {
      NamedList<Object> told = costs.written();
      told.add(LEFT_OUT, costs.leftOut);
      builder.rsp.add(OF_SHARD, told);
    } else {
      costs.writeTo(builder);
    }
  }

  /** On the coordinator: merges the costs of the shards after documents were fetched. */
  public static void merge(ResponseBuilder builder) {
    if (builder.finished != null) {
      builder.finished.stream()
          .flatMap(request -> request.responses.stream())
          .map(TransformerCosts::read)
          .reduce(NONE, TransformerCosts::and)
          .writeTo(builder);
    }
  }

  static TransformerCosts of(PageLogits logits, int leftOut) {
    return new TransformerCosts(logits.byDoc().size(), logits.cached(), leftOut, logits.outcome());
  }

  TransformerCosts and(TransformerCosts other) {
    return new TransformerCosts(
        scored + other.scored,
        cached + other.cached,
        leftOut + other.leftOut,
        outcome.orWorse(other.outcome));
  }

  private static TransformerCosts read(ShardResponse response) {
    return ShardMessages.part(response, OF_SHARD) instanceof NamedList<?> costs
        ? new TransformerCosts(
            (Integer) costs.get(SCORED),
            (Integer) costs.get(CACHED),
            (Integer) costs.get(LEFT_OUT),
            RerankOutcome.of((String) costs.get(OUTCOME)))
        : NONE;
  }

  private NamedList<Object> written() {
    NamedList<Object> costs = new SimpleOrderedMap<>();
    costs.add(SCORED, scored);
    costs.add(CACHED, cached);
    costs.add(OUTCOME, outcome.label());
    return costs;
  }

  private void writeTo(ResponseBuilder builder) {
    NamedList<Object> section = ResponseSection.in(builder.rsp).orElse(null);
    if (leftOut > 0) {
      if (section == null) {
        section = new SimpleOrderedMap<>();
        builder.rsp.add(ResponseSection.NAME, section);
      }
      section.remove(ResponseSection.LEFT_OUT);
      section.add(ResponseSection.LEFT_OUT, leftOut);
    }
    boolean isNothing = scored == 0 && outcome == RerankOutcome.COMPLETE;
    if (!isNothing && section != null) {
      section.remove(ResponseSection.TRANSFORMER);
      section.add(ResponseSection.TRANSFORMER, written());
    }
  }
}
