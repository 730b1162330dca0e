// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.rerank;

import io.crossencoder.solr.metrics.RerankOutcome;
import io.crossencoder.solr.models.RequestEnd;
import java.util.List;
import java.util.Optional;
import org.apache.solr.common.SolrDocumentList;
import org.apache.solr.common.params.CommonParams;
import org.apache.solr.common.util.NamedList;
import org.apache.solr.common.util.SimpleOrderedMap;
import org.apache.solr.handler.component.ResponseBuilder;
import org.apache.solr.handler.component.ShardResponse;
import org.apache.solr.request.SolrRequestInfo;

/**
 * On the coordinator: the page of a rerank until its documents are there. When a limit of Solr's is
 * reached before, Solr asks no component any more and answers without documents; so the section
 * says that as long as it is so.
 */
final class PendingPage {

  /** Limits of Solr's: reached, they end a request. */
  private static final List<String> LIMITS =
      List.of(CommonParams.TIME_ALLOWED, CommonParams.CPU_ALLOWED, "memAllowed");

  private static final String NO_PAGE =
      "timeAllowed, cpuAllowed or memAllowed of Solr ended the request before the page was complete";

  private static final String LOST =
      " documents of the page are missing: their shards did not return them";

  /** Of a page that was given up nobody knows how much more time it would have taken. */
  private static final double MORE = 1.5;

  private final ResponseBuilder builder;
  private final RerankContext context;
  private final List<MergeTime> parts;

  /** The part at hand, and when it began; negative before the shards are asked. */
  private int part = -1;

  private double since;

  /** What scorings took since. */
  private double scoring;

  /** What the section says when the documents are there; null before the hits are merged. */
  private NamedList<Object> section;

  private RerankOutcome ended;
  private boolean complete;

  private PendingPage(ResponseBuilder builder, RerankContext context, List<MergeTime> parts) {
    this.builder = builder;
    this.context = context;
    this.parts = parts;
  }

  /**
   * Several shards are about to be asked.
   *
   * @param parts what follows: after shards have reranked; or until the coordinator can, and after
   */
  static void begin(ResponseBuilder builder, RerankContext context, List<MergeTime> parts) {
    if (builder.getSortSpec().getCount() == 0) {
      return;
    }
    PendingPage page = new PendingPage(builder, context, parts);
    builder.req.getContext().put(PendingPage.class, page);
    if (LIMITS.stream().anyMatch(limit -> builder.req.getParams().get(limit) != null)) {
      NamedList<Object> section = new SimpleOrderedMap<>();
      ResponseSection.of(context.model(), RerankOutcome.PARTIAL).writeTo(section);
      builder.rsp.add(ResponseSection.NAME, section);
      page.say(section, NO_PAGE);
    }
    Optional.ofNullable(SolrRequestInfo.getRequestInfo())
        .ifPresent(request -> RequestEnd.then(request, page::giveUp));
  }

  static Optional<PendingPage> of(ResponseBuilder builder) {
    return Optional.ofNullable((PendingPage) builder.req.getContext().get(PendingPage.class));
  }

  /** How much of the time that remains is to be left to Solr. */
  double reserve(double remaining) {
    return parts.stream()
        .skip(Math.max(0, part))
        .mapToDouble(time -> time.reserve(remaining / parts.size()))
        .sum();
  }

  /** From now on, but for scorings, the time is Solr's: for the first part, or the next. */
  void start() {
    took(1);
    part++;
    since = builder.req.getRequestTimer().getTime();
    scoring = 0;
  }

  /** Shards have answered: some of the time was spent on scoring. */
  void answered(List<ShardResponse> responses) {
    scoring += responses.stream().mapToDouble(ShardMessages::scoringTime).max().orElse(0);
  }

  /** The hits are merged, and the section says what became of the rerank: kept for later. */
  void hold() {
    written()
        .ifPresent(
            now -> {
              section = now.clone();
              ended = context.outcome();
              context.outcome(ended.orWorse(RerankOutcome.PARTIAL));
              say(now, NO_PAGE);
            });
  }

  /** If the documents are there now, the section says what became of the rerank. */
  void show() {
    if (complete || !(builder.rsp.getResponse() instanceof SolrDocumentList page)) {
      return;
    }
    complete = true;
    took(1);
    if (section == null) {
      builder.rsp.getValues().remove(ResponseSection.NAME);
      return;
    }
    NamedList<Object> now = written().orElseThrow();
    now.clear();
    now.addAll(section);
    int lost = builder.resultIds.size() - page.size();
    if (lost > 0) {
      say(now, lost + LOST);
    } else {
      context.outcome(ended);
      RerankReporter.log(RerankOutcome.of((String) now.get(ResponseSection.OUTCOME)), builder.rsp);
    }
  }

  /** What is not complete, in a section: or it says something worse anyway. */
  private void say(NamedList<Object> now, String hint) {
    int place = now.indexOf(ResponseSection.OUTCOME, 0);
    RerankOutcome worse =
        RerankOutcome.of((String) now.getVal(place)).orWorse(RerankOutcome.PARTIAL);
    now.setVal(place, worse.label());
    now.remove(ResponseSection.HINT);
    now.add(ResponseSection.HINT, hint);
    RerankReporter.log(worse, builder.rsp);
  }

  private void giveUp() {
    if (!complete && builder.rsp.getException() == null) {
      took(MORE);
    }
  }

  private void took(double times) {
    if (part >= 0) {
      parts
          .get(part)
          .took(times * Math.max(1, builder.req.getRequestTimer().getTime() - since - scoring));
    }
  }

  @SuppressWarnings("unchecked") // It is our own section.
  private Optional<NamedList<Object>> written() {
    return Optional.ofNullable(
        (NamedList<Object>) builder.rsp.getValues().get(ResponseSection.NAME));
  }
}
