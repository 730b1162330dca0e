// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.cloud;

import io.crossencoder.solr.metrics.RerankOutcome;
import io.crossencoder.solr.report.RerankContext;
import io.crossencoder.solr.report.RerankReporter;
import io.crossencoder.solr.report.ResponseSection;
import io.crossencoder.solr.request.MergeClock;
import io.crossencoder.solr.request.MergeTime;
import java.util.List;
import java.util.Optional;
import org.apache.solr.common.SolrDocumentList;
import org.apache.solr.common.params.CommonParams;
import org.apache.solr.common.util.NamedList;
import org.apache.solr.common.util.SimpleOrderedMap;
import org.apache.solr.handler.component.ResponseBuilder;

/**
 * On the coordinator: the reranked page until its documents are fetched. If a limit of Solr is
 * reached before, Solr calls no component any more and returns no documents; until then, the
 * section therefore reports this state.
 */
final class PendingPage {

  /** The limits of Solr that end a request. */
  private static final List<String> LIMITS =
      List.of(CommonParams.TIME_ALLOWED, CommonParams.CPU_ALLOWED, "memAllowed");

  private static final String NO_PAGE =
      "timeAllowed, cpuAllowed or memAllowed ended the request before the page was complete";

  private static final String LOST =
      " documents of the page are missing: their shards did not return them";

  private final ResponseBuilder builder;
  private final RerankReporter reporter;

  /** The section for the complete page; null before the hits are merged. */
  private NamedList<Object> section;

  private boolean complete;

  private PendingPage(ResponseBuilder builder, RerankContext context) {
    this.builder = builder;
    this.reporter = new RerankReporter(context);
  }

  /**
   * Called before requests are sent to several shards.
   *
   * @param solrs Solr's recent times, per part of such a request
   */
  static void begin(ResponseBuilder builder, RerankContext context, List<MergeTime> solrs) {
    if (builder.getSortSpec().getCount() == 0) {
      return;
    }
    MergeClock.begin(builder, solrs);
    builder.req.getContext().put(PendingPage.class, new PendingPage(builder, context));
    if (isLimited(builder)) {
      NamedList<Object> section = new SimpleOrderedMap<>();
      ResponseSection.of(context.model(), RerankOutcome.PARTIAL).writeTo(section);
      builder.rsp.add(ResponseSection.NAME, section);
      say(section, NO_PAGE);
    }
  }

  private static boolean isLimited(ResponseBuilder builder) {
    return LIMITS.stream().anyMatch(limit -> builder.req.getParams().get(limit) != null);
  }

  static Optional<PendingPage> of(ResponseBuilder builder) {
    return Optional.ofNullable((PendingPage) builder.req.getContext().get(PendingPage.class));
  }

  /**
   * Stores the section after the hits were merged. Without a limit, only an error can end the
   * request before the page is complete.
   */
  void hold() {
    ResponseSection.in(builder.rsp)
        .ifPresent(
            now -> {
              section = now.clone();
              if (isLimited(builder)) {
                reporter.changed(say(now, NO_PAGE), builder.rsp);
              }
            });
  }

  /** Restores the section if the documents are present. */
  void show() {
    if (complete || !(builder.rsp.getResponse() instanceof SolrDocumentList page)) {
      return;
    }
    complete = true;
    MergeClock.of(builder).ifPresent(MergeClock::complete);
    if (section == null) {
      builder.rsp.getValues().remove(ResponseSection.NAME);
      return;
    }
    NamedList<Object> now = ResponseSection.in(builder.rsp).orElseThrow();
    now.clear();
    now.addAll(section);
    int lost = builder.resultIds.size() - page.size();
    reporter.changed(
        lost > 0
            ? say(now, lost + LOST)
            : RerankOutcome.of((String) now.get(ResponseSection.OUTCOME)),
        builder.rsp);
  }

  /** Marks a section as incomplete; returns the resulting outcome. */
  private static RerankOutcome say(NamedList<Object> section, String hint) {
    int place = section.indexOf(ResponseSection.OUTCOME, 0);
    RerankOutcome worse =
        RerankOutcome.of((String) section.getVal(place)).orWorse(RerankOutcome.PARTIAL);
    section.setVal(place, worse.label());
    section.remove(ResponseSection.HINT);
    section.add(ResponseSection.HINT, hint);
    return worse;
  }
}
