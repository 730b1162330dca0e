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
 * What the coordinator of a request tells a shard beside the request itself, in parameters of ours,
 * and what it finds in a shard's response. A client's own parameters of these names are taken away.
 */
public final class ShardMessages {

  /** Milliseconds of timeAllowed that were left when the shard was asked. */
  private static final String TIME_LEFT = "crossencoder.timeLeft";

  /** Milliseconds of them that are to be left to Solr; not told when documents are fetched. */
  private static final String RESERVE = "crossencoder.reserve";

  /** In a response: milliseconds that a shard scored. */
  private static final String SCORING = "crossEncoderScoringMs";

  /** Where the page starts: a shard is asked for all hits from the first. */
  private static final String START = "crossencoder.start";

  /** Of each document that is fetched, in the order of {@code ids}: see {@code KnownLogits}. */
  public static final String KNOWN = "crossencoder.known";

  /** How many tokens the coordinator's model reads: for shards that lack it. */
  public static final String MAX_LENGTH = "crossencoder.maxLength";

  private static final List<String> ALL = List.of(TIME_LEFT, RESERVE, START, KNOWN, MAX_LENGTH);

  private ShardMessages() {}

  /** Whether the request is one of a coordinator. */
  public static boolean isOfShard(SolrParams params) {
    return params.getBool(ShardParams.IS_SHARD, false);
  }

  /** On the coordinator, for every request to a shard. */
  public static void tell(ResponseBuilder builder, ModifiableSolrParams shard) {
    ALL.forEach(shard::remove);
    tellTimeLeft(builder, shard);
  }

  /** The same, for a request that is made of another. */
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

  /** On a shard: what is to be left to Solr of the time that remains, in milliseconds. */
  static double reserve(SolrParams params, double remaining) {
    String told = isOfShard(params) ? params.get(RESERVE) : null;
    return told == null ? MergeTime.guess(remaining) : Double.parseDouble(told);
  }

  /** On a shard, when all scoring is done. */
  public static void addScoringTime(ResponseBuilder builder) {
    if (isOfShard(builder.req.getParams())) {
      builder.rsp.add(SCORING, RequestBudget.spentMs());
    }
  }

  /** On the coordinator: the same; none if the shard's time was over before. */
  public static Optional<Double> scoringTime(ShardResponse response) {
    return Optional.ofNullable((Double) part(response, SCORING));
  }

  /** The same, for a request for the best hits of shards that rerank their own. */
  public static void tellStart(ResponseBuilder builder, ModifiableSolrParams shard) {
    shard.set(START, builder.getSortSpec().getOffset());
  }

  /** The same request to a shard, which is not to look at where the page starts. */
  public static ModifiableSolrParams withoutStart(SolrParams shard) {
    ModifiableSolrParams again = new ModifiableSolrParams(shard);
    again.remove(START);
    return again;
  }

  /** On a shard: where the page of the whole collection starts; 0 if nobody says. */
  public static int start(SolrParams params) {
    return isOfShard(params) ? params.getInt(START, 0) : 0;
  }

  /**
   * A part of a shard's response; null if there is none. A shard that failed, where shards.tolerant
   * lets it, has no response or an empty one.
   */
  public static Object part(ShardResponse response, String name) {
    return response.getException() == null && response.getSolrResponse() != null
        ? response.getSolrResponse().getResponse().get(name)
        : null;
  }

  /** Whether a limit of Solr's ended the request on the shard. */
  public static boolean isPartial(ShardResponse response) {
    return part(response, "responseHeader") instanceof NamedList<?> header
        && Boolean.TRUE.equals(header.get(SolrQueryResponse.RESPONSE_HEADER_PARTIAL_RESULTS_KEY));
  }

  /**
   * What is left of timeAllowed: on a shard what is left to the coordinator.
   *
   * @param allowed timeAllowed, in milliseconds
   * @param elapsed how long this node has had the request, in milliseconds
   */
  static double timeLeft(SolrParams params, long allowed, double elapsed) {
    long all = isOfShard(params) ? Math.min(allowed, params.getLong(TIME_LEFT, allowed)) : allowed;
    return all - elapsed;
  }
}
