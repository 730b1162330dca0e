// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.report;

import io.crossencoder.lucene.RescoreResult;
import io.crossencoder.model.Execution;
import io.crossencoder.solr.metrics.RerankOutcome;
import io.crossencoder.solr.parameters.RerankParameter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.solr.common.util.NamedList;
import org.apache.solr.common.util.SimpleOrderedMap;
import org.apache.solr.response.SolrQueryResponse;

/**
 * The section {@code crossEncoder} of a response: settings, costs and outcome.
 *
 * @param executionProvider execution provider of the model; none: the CPU, which is omitted
 * @param error reason for a failure
 * @param shards values about several shards, by key
 */
public record ResponseSection(
    String model,
    Optional<String> executionProvider,
    SectionCosts costs,
    RerankOutcome outcome,
    Optional<String> error,
    Map<String, Object> shards) {

  public static final String NAME = "crossEncoder";

  private static final String MODEL = "model";
  private static final String EXECUTION_PROVIDER = "executionProvider";

  /** Key of the costs of the transformer. */
  public static final String TRANSFORMER = "transformer";

  /** Key of the number of hits on the page without a logit from the transformer. */
  public static final String LEFT_OUT = "logitsLeftOut";

  /** Key of the nodes with different files of the model. */
  public static final String MODELS_DIFFER = "modelsDiffer";

  public static final String OUTCOME = "outcome";
  private static final String ERROR = "error";
  public static final String HINT = "hint";
  private static final String NO_QUERY_TEXT =
      "no query text: the query has no words for the model; set query= of {!crossencoder}";
  private static final String NO_PASSAGE =
      "no candidate has text in the fields; set fields= to stored fields with text";
  static final String SHARDS = "shards";

  private static final String ON_CPU = Execution.DEFAULT.provider().id();

  private ResponseSection(String model, SectionCosts costs, RerankOutcome outcome) {
    this(model, Optional.empty(), costs, outcome, Optional.empty(), Map.of());
  }

  /** The section before the reranking. */
  public static ResponseSection of(String model, RerankOutcome outcome) {
    return new ResponseSection(model, SectionCosts.NONE, outcome);
  }

  /** The section of a page without hits. */
  static ResponseSection ofNoHits(String model) {
    return new ResponseSection(model, SectionCosts.OF_NO_HITS, RerankOutcome.NO_HITS);
  }

  /** Whether this is the section of a page without hits. */
  public boolean isOfNoHits() {
    return costs.isOfNoHits();
  }

  /** The section of a rescoring. */
  static ResponseSection of(RescoreResult result) {
    return new ResponseSection(
        result.model().name(),
        Optional.of(result.model().executionProvider()).filter(id -> !id.equals(ON_CPU)),
        SectionCosts.of(result),
        outcome(result),
        result.scores().failure().map(ResponseSection::describe),
        Map.of());
  }

  /** If all texts are empty, the outcome is not complete. */
  private static RerankOutcome outcome(RescoreResult result) {
    boolean allEmpty = result.empty() > 0 && result.empty() == result.candidates().size();
    return allEmpty ? RerankOutcome.NO_TEXT : RerankOutcome.of(result.scores().outcome());
  }

  /** Parses the section of a response. */
  public static ResponseSection of(NamedList<?> written) {
    return new ResponseSection(
        (String) written.get(MODEL),
        Optional.ofNullable((String) written.get(EXECUTION_PROVIDER)),
        SectionCosts.read(written),
        RerankOutcome.of((String) written.get(OUTCOME)),
        Optional.ofNullable((String) written.get(ERROR)),
        Map.of());
  }

  /** The section in a response. */
  @SuppressWarnings("unchecked") // Only this class writes the section.
  public static Optional<NamedList<Object>> in(SolrQueryResponse response) {
    return Optional.ofNullable((NamedList<Object>) response.getValues().get(NAME));
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
    return new ResponseSection(
        model, executionProvider, costs.removed(hits), outcome, error, shards);
  }

  /** Merges two sections: sums the costs, keeps the worse outcome and the first error. */
  public ResponseSection merge(ResponseSection other) {
    return new ResponseSection(
        model,
        executionProvider.or(other::executionProvider),
        costs.and(other.costs),
        outcome.orWorse(other.outcome),
        error.or(other::error),
        shards);
  }

  /** Duration of the rescoring; 0 if there was none. */
  public double elapsedMs() {
    return costs.elapsedMs();
  }

  /**
   * The section for hits of several shards.
   *
   * @param scope scope of the reranking
   * @param missing number of shards without a result; if it is not 0, the outcome is not complete
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
    costs.writeTo(section);
    section.add(OUTCOME, outcome.label());
    if (outcome == RerankOutcome.SKIPPED) {
      section.add(HINT, NO_QUERY_TEXT);
    } else if (outcome == RerankOutcome.NO_TEXT) {
      section.add(HINT, NO_PASSAGE);
    }
    error.ifPresent(reason -> section.add(ERROR, reason));
    shards.forEach(section::add);
  }

  /** Adds or replaces the section of a response, and adds it to the request log. */
  public NamedList<Object> putInto(SolrQueryResponse response) {
    NamedList<Object> section = new SimpleOrderedMap<>();
    writeTo(section);
    response.getValues().remove(NAME);
    response.add(NAME, section);
    log(response);
    return section;
  }

  /** Adds the short form to the request log. */
  void log(SolrQueryResponse response) {
    response.getToLog().remove(NAME);
    response.addToLog(NAME, toLog());
  }

  String toLog() {
    Object asked = shards.get(SHARDS);
    return outcome.label() + costs.toLog() + (asked == null ? "" : ",shards=" + asked);
  }

  private static String describe(Throwable cause) {
    return cause.getClass().getSimpleName() + ": " + cause.getMessage();
  }
}
