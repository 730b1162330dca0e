// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.request;

import java.util.List;
import java.util.Optional;
import org.apache.solr.common.params.CommonParams;
import org.apache.solr.common.params.ModifiableSolrParams;
import org.apache.solr.common.params.ShardParams;
import org.apache.solr.common.params.SolrParams;
import org.apache.solr.common.util.NamedList;
import org.apache.solr.handler.component.ResponseBuilder;
import org.apache.solr.handler.component.ShardResponse;
import org.apache.solr.response.SolrQueryResponse;

/**
 * Messages between the coordinator of a request and its shards, in internal parameters and in the
 * response of a shard. Parameters with these names from clients are removed.
 */
public final class ShardMessages {

  /** Remaining milliseconds of timeAllowed when the request was sent to the shard. */
  private static final String TIME_LEFT = "crossencoder.timeLeft";

  /** Milliseconds of them to reserve for Solr; not sent with requests for documents. */
  private static final String RESERVE = "crossencoder.reserve";

  /** In a response: milliseconds of scoring on the shard. */
  private static final String SCORING = "crossEncoderScoringMs";

  /** Start of the page; the shard itself returns all hits from the first one. */
  private static final String START = "crossencoder.start";

  /**
   * Known logits of the documents to fetch, in the order of {@code ids}: see {@code KnownLogits}.
   */
  public static final String KNOWN = "crossencoder.known";

  /** Limit of the coordinator's model in tokens, for shards that lack the model. */
  public static final String MAX_LENGTH = "crossencoder.maxLength";

  private static final List<String> ALL = List.of(TIME_LEFT, RESERVE, START, KNOWN, MAX_LENGTH);

  private ShardMessages() {}

  /** Whether the request was sent by a coordinator. */
  public static boolean isOfShard(SolrParams params) {
    return params.getBool(ShardParams.IS_SHARD, false);
  }

  /** On the coordinator: adds the messages to a request to a shard. */
  public static void tell(ResponseBuilder builder, ModifiableSolrParams shard) {
    ALL.forEach(shard::remove);
    tellTimeLeft(builder, shard);
  }

  /** On the coordinator: adds the remaining time to a request that is a copy of another one. */
  public static void tellTimeLeft(ResponseBuilder builder, ModifiableSolrParams shard) {
    SolrParams params = builder.req.getParams();
    long allowed = params.getLong(CommonParams.TIME_ALLOWED, -1);
    if (allowed >= 0) {
      double left = timeLeft(params, allowed, builder.req.getRequestTimer().getTime());
      shard.set(TIME_LEFT, String.valueOf(Math.max(0, (long) left)));
      if (shard.get(ShardParams.IDS) == null) {
        MergeClock.of(builder)
            .ifPresent(clock -> shard.set(RESERVE, String.valueOf((long) clock.reserve(left))));
      }
    }
  }

  /** On a shard: milliseconds of the remaining time to reserve for Solr. */
  static double reserve(SolrParams params, double remaining) {
    String told = params.get(RESERVE);
    return told == null ? MergeTime.guess(remaining) : Double.parseDouble(told);
  }

  /** On a shard: adds the scoring time to the response. */
  public static void addScoringTime(ResponseBuilder builder) {
    if (isOfShard(builder.req.getParams())) {
      builder.rsp.add(SCORING, RequestBudget.spentMs());
    }
  }

  /**
   * On the coordinator: the scoring time of a shard; empty if the shard reached its time limit
   * before.
   */
  public static Optional<Double> scoringTime(ShardResponse response) {
    return Optional.ofNullable((Double) part(response, SCORING));
  }

  /**
   * On the coordinator: adds the start of the page to a request to shards that rerank their own
   * hits.
   */
  public static void tellStart(ResponseBuilder builder, ModifiableSolrParams shard) {
    shard.set(START, builder.getSortSpec().getOffset());
  }

  /** A copy of a request to a shard without the start of the page. */
  public static ModifiableSolrParams withoutStart(SolrParams shard) {
    ModifiableSolrParams again = new ModifiableSolrParams(shard);
    again.remove(START);
    return again;
  }

  /** On a shard: the start of the collection's page; 0 if it is not set. */
  public static int start(SolrParams params) {
    return isOfShard(params) ? params.getInt(START, 0) : 0;
  }

  /**
   * A part of a shard's response; null if it is missing. With shards.tolerant, a failed shard has
   * no response or an empty one.
   */
  public static Object part(ShardResponse response, String name) {
    return response.getException() == null && response.getSolrResponse() != null
        ? response.getSolrResponse().getResponse().get(name)
        : null;
  }

  /** Whether a limit of Solr ended the request on the shard. */
  public static boolean isPartial(ShardResponse response) {
    return part(response, "responseHeader") instanceof NamedList<?> header
        && Boolean.TRUE.equals(header.get(SolrQueryResponse.RESPONSE_HEADER_PARTIAL_RESULTS_KEY));
  }

  /**
   * The remaining milliseconds of timeAllowed; on a shard, those of the coordinator.
   *
   * @param allowed timeAllowed in milliseconds
   * @param elapsed elapsed milliseconds on this node
   */
  static double timeLeft(SolrParams params, long allowed, double elapsed) {
    long all = isOfShard(params) ? Math.min(allowed, params.getLong(TIME_LEFT, allowed)) : allowed;
    return all - elapsed;
  }
}
