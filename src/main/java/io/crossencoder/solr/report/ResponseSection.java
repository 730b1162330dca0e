// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.report;

import io.crossencoder.lucene.Candidate;
import io.crossencoder.lucene.RescoreResult;
import io.crossencoder.model.Execution;
import io.crossencoder.model.Scores;
import io.crossencoder.solr.metrics.RerankOutcome;
import io.crossencoder.solr.parameters.RerankParameter;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.solr.common.util.NamedList;

/**
 * The section {@code crossEncoder} of a response: what was asked, what was done, how it ended.
 *
 * @param executionProvider what computed the model; none: the CPU, which is not worth a mention
 * @param costs how many of what, and how long it took, by name, in the order of the response
 * @param error why it failed
 * @param shards what it tells of several shards, by name
 */
public record ResponseSection(
    String model,
    Optional<String> executionProvider,
    Map<String, Number> costs,
    RerankOutcome outcome,
    Optional<String> error,
    Map<String, Object> shards) {

  public static final String NAME = "crossEncoder";

  private static final String MODEL = "model";
  private static final String EXECUTION_PROVIDER = "executionProvider";
  private static final String CANDIDATES = "candidates";
  private static final String FIRST_PASS_CUTOFF = "firstPassCutoff";
  private static final String SCORED = "scored";
  private static final String CACHED = "cached";

  /** How many hits of the page the transformer leaves without a logit. */
  public static final String LEFT_OUT = "logitsLeftOut";

  /** How many hits {@code minScore} took out. */
  static final String REMOVED = "removed";

  public static final String ELAPSED_MS = "elapsedMs";
  public static final String OUTCOME = "outcome";
  private static final String ERROR = "error";
  public static final String HINT = "hint";
  private static final String NO_QUERY_TEXT =
      "no query text: the query has no words for the model; set query= of {!crossencoder}";
  private static final String NO_PASSAGE =
      "no candidate has text in the fields; set fields= to stored fields with text";
  private static final String SHARDS = "shards";

  private static final String ON_CPU = Execution.DEFAULT.provider().id();

  /** Of a rerank that has not done anything yet. */
  public static ResponseSection of(String model, RerankOutcome outcome) {
    return new ResponseSection(
        model, Optional.empty(), Map.of(), outcome, Optional.empty(), Map.of());
  }

  /** Of a page without hits. */
  static ResponseSection ofNoHits(String model) {
    return new ResponseSection(
        model,
        Optional.empty(),
        Map.of(CANDIDATES, 0),
        RerankOutcome.NO_HITS,
        Optional.empty(),
        Map.of());
  }

  /** Whether it is one of a page without hits. */
  public boolean isOfNoHits() {
    return Integer.valueOf(0).equals(costs.get(CANDIDATES));
  }

  public static ResponseSection of(RescoreResult result) {
    Scores scores = result.scores();
    Map<String, Number> costs = new LinkedHashMap<>();
    costs.put(CANDIDATES, result.candidates().size());
    result.candidates().stream()
        .max(Comparator.comparingInt(Candidate::firstPassRank))
        .ifPresent(last -> costs.put(FIRST_PASS_CUTOFF, last.firstPassScore()));
    costs.put(SCORED, scores.scored());
    costs.put(CACHED, scores.work().cached());
    if (scores.work().shared() > 0) {
      costs.put("shared", scores.work().shared());
    }
    costs.put("truncated", truncated(scores));
    if (result.empty() > 0) {
      costs.put("empty", result.empty());
    }
    if (scores.work().windows() > 0) {
      costs.put("windows", scores.work().windows());
    }
    costs.put("tokens", scores.work().tokens());
    costs.put("batches", scores.work().batches());
    costs.put("inferenceMs", milliseconds(scores.work().inferenceNanos()));
    costs.put(ELAPSED_MS, milliseconds(result.elapsedNanos()));
    return new ResponseSection(
        result.model().name(),
        Optional.of(result.model().executionProvider()).filter(id -> !id.equals(ON_CPU)),
        costs,
        outcome(result),
        scores.failure().map(ResponseSection::describe),
        Map.of());
  }

  /** A rerank of texts that are all empty is not complete, whatever the model says of none. */
  private static RerankOutcome outcome(RescoreResult result) {
    boolean allEmpty = result.empty() > 0 && result.empty() == result.candidates().size();
    return allEmpty ? RerankOutcome.NO_TEXT : RerankOutcome.of(result.scores().outcome());
  }

  /** Out of a response. */
  public static ResponseSection of(NamedList<?> written) {
    Map<String, Number> costs = new LinkedHashMap<>();
    written.forEach(
        (name, value) -> {
          if (value instanceof Number number && !name.startsWith(SHARDS)) {
            costs.put(name, number);
          }
        });
    return new ResponseSection(
        (String) written.get(MODEL),
        Optional.ofNullable((String) written.get(EXECUTION_PROVIDER)),
        costs,
        RerankOutcome.of((String) written.get(OUTCOME)),
        Optional.ofNullable((String) written.get(ERROR)),
        Map.of());
  }

  ResponseSection failed(Throwable cause) {
    return new ResponseSection(
        model,
        executionProvider,
        costs,
        RerankOutcome.FAILED,
        Optional.of(describe(cause)),
        shards);
  }

  ResponseSection removed(int hits) {
    Map<String, Number> all = new LinkedHashMap<>(costs);
    all.put(REMOVED, hits);
    return new ResponseSection(model, executionProvider, all, outcome, error, shards);
  }

  /**
   * Both made one: costs summed, the lower cutoff, the time of the slower, the worse outcome, the
   * first error.
   */
  public ResponseSection merge(ResponseSection other) {
    Map<String, Number> merged = new LinkedHashMap<>(costs);
    other.costs.forEach((name, cost) -> merged.merge(name, cost, (a, b) -> merge(name, a, b)));
    return new ResponseSection(
        model,
        executionProvider.or(other::executionProvider),
        merged,
        outcome.orWorse(other.outcome),
        error.or(other::error),
        shards);
  }

  private static Number merge(String name, Number one, Number other) {
    if (name.equals(FIRST_PASS_CUTOFF)) {
      return Math.min(one.floatValue(), other.floatValue());
    }
    if (name.equals(ELAPSED_MS)) {
      return Math.max(one.doubleValue(), other.doubleValue());
    }
    return one instanceof Integer && other instanceof Integer
        ? (Number) (one.intValue() + other.intValue())
        : (Number) (Math.round((one.doubleValue() + other.doubleValue()) * 100) / 100.0);
  }

  /**
   * The same, for hits of several shards.
   *
   * @param scope of a rerank of their hits together
   * @param missing how many have no part in it: what misses the hits of some is not complete
   */
  public ResponseSection over(Optional<String> scope, int asked, int missing) {
    Map<String, Object> over = new LinkedHashMap<>();
    scope.ifPresent(word -> over.put(RerankParameter.RE_RANK_SCOPE.key(), word));
    over.put(SHARDS, asked);
    if (missing > 0) {
      over.put("shardsMissing", missing);
    }
    RerankOutcome ended = missing > 0 ? outcome.orWorse(RerankOutcome.PARTIAL) : outcome;
    return new ResponseSection(model, executionProvider, costs, ended, error, over);
  }

  public void writeTo(NamedList<Object> section) {
    section.clear();
    section.add(MODEL, model);
    executionProvider.ifPresent(id -> section.add(EXECUTION_PROVIDER, id));
    costs.forEach(section::add);
    section.add(OUTCOME, outcome.label());
    if (outcome == RerankOutcome.SKIPPED) {
      section.add(HINT, NO_QUERY_TEXT);
    } else if (outcome == RerankOutcome.NO_TEXT) {
      section.add(HINT, NO_PASSAGE);
    }
    error.ifPresent(reason -> section.add(ERROR, reason));
    shards.forEach(section::add);
  }

  /** Its short form, for Solr's request log. */
  String toLog() {
    StringBuilder line = new StringBuilder(outcome.label());
    if (costs.containsKey(CANDIDATES)) {
      line.append(',').append(costs.getOrDefault(SCORED, 0)).append('/');
      line.append(costs.get(CANDIDATES));
    }
    if (costs.containsKey(CACHED)) {
      line.append(",cached=").append(costs.get(CACHED));
    }
    if (costs.containsKey(ELAPSED_MS)) {
      line.append(String.format(Locale.ROOT, ",%.1fms", costs.get(ELAPSED_MS).doubleValue()));
    }
    if (shards.containsKey(SHARDS)) {
      line.append(",shards=").append(shards.get(SHARDS));
    }
    return line.toString();
  }

  private static String describe(Throwable cause) {
    return cause.getClass().getSimpleName() + ": " + cause.getMessage();
  }

  private static int truncated(Scores scores) {
    int truncated = 0;
    for (boolean each : scores.truncated()) {
      truncated += each ? 1 : 0;
    }
    return truncated;
  }

  /** With two decimals. */
  private static double milliseconds(long nanos) {
    return Math.round(nanos * 100.0 / TimeUnit.MILLISECONDS.toNanos(1)) / 100.0;
  }
}
