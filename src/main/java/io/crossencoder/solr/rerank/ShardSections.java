// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.rerank;

import static io.crossencoder.solr.rerank.ResponseSection.OUTCOME;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.solr.common.util.NamedList;
import org.apache.solr.common.util.SimpleOrderedMap;
import org.apache.solr.handler.component.ResponseBuilder;
import org.apache.solr.handler.component.ShardResponse;

/** The sections {@code crossEncoder} of shards, made one. */
final class ShardSections {

  private static final String PARTIAL = "partial";

  /** How a rerank ended, the worst first. */
  private static final List<String> WORST_FIRST =
      List.of(
          ResponseSection.FAILED,
          "overloaded",
          PARTIAL,
          "complete",
          ResponseSection.FROM_RESULT_CACHE,
          ResponseSection.SKIPPED);

  private static final Set<String> SUMMED =
      Set.of(
          ResponseSection.CANDIDATES,
          ResponseSection.SCORED,
          ResponseSection.CACHED,
          "truncated",
          "windows",
          "tokens",
          "batches");

  private ShardSections() {}

  /**
   * Puts the merged section into the response, if there is a shard that has one: costs summed, the
   * elapsed time of the slowest, the worst outcome and the first error.
   */
  static void merge(ResponseBuilder builder, List<ShardResponse> responses) {
    List<NamedList<?>> sections =
        responses.stream().map(ShardSections::section).flatMap(Optional::stream).toList();
    if (sections.isEmpty()) {
      return;
    }
    SimpleOrderedMap<Object> merged = new SimpleOrderedMap<>();
    sections.forEach(section -> section.forEach((name, value) -> add(merged, name, value)));
    // What describes the end of it stands at the end, whichever shard came first.
    for (String last : List.of(OUTCOME, ResponseSection.ERROR)) {
      Object value = merged.remove(last);
      if (value != null) {
        merged.add(last, value);
      }
    }
    addShards(merged, responses.size(), responses.size() - sections.size());
    builder.rsp.getValues().remove(ResponseSection.NAME);
    builder.rsp.add(ResponseSection.NAME, merged);
    builder.rsp.addToLog(
        ResponseSection.NAME,
        String.format(
            Locale.ROOT,
            "%s,%s/%s,cached=%s,shards=%d",
            merged.get(OUTCOME),
            merged.get(ResponseSection.SCORED),
            merged.get(ResponseSection.CANDIDATES),
            merged.get(ResponseSection.CACHED),
            responses.size()));
  }

  /** Says how many shards a section speaks of; what misses the hits of some is not complete. */
  static void addShards(SimpleOrderedMap<Object> section, int shards, int missing) {
    section.add("shards", shards);
    if (missing > 0) {
      section.add("shardsMissing", missing);
      add(section, OUTCOME, PARTIAL);
    }
  }

  private static Optional<NamedList<?>> section(ShardResponse response) {
    // A shard that failed, where shards.tolerant lets it, has no response or an empty one.
    if (response.getException() != null || response.getSolrResponse() == null) {
      return Optional.empty();
    }
    Object section = response.getSolrResponse().getResponse().get(ResponseSection.NAME);
    return section instanceof NamedList<?> list ? Optional.of(list) : Optional.empty();
  }

  private static void add(SimpleOrderedMap<Object> merged, String name, Object value) {
    int at = merged.indexOf(name, 0);
    if (at < 0) {
      merged.add(name, value);
    } else {
      merged.setVal(at, combine(name, merged.getVal(at), value));
    }
  }

  private static Object combine(String name, Object one, Object other) {
    if (SUMMED.contains(name)) {
      return ((Number) one).intValue() + ((Number) other).intValue();
    }
    return switch (name) {
      case "inferenceMs" ->
          Math.round((((Number) one).doubleValue() + ((Number) other).doubleValue()) * 100) / 100.0;
      case ResponseSection.ELAPSED_MS ->
          Math.max(((Number) one).doubleValue(), ((Number) other).doubleValue());
      case OUTCOME -> WORST_FIRST.indexOf(one) <= WORST_FIRST.indexOf(other) ? one : other;
      default -> one;
    };
  }
}
