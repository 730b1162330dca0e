// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.fuzz;

import io.crossencoder.solr.metrics.RerankOutcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.solr.common.SolrDocument;

/**
 * Invariants of each request. A method throws an {@link AssertionError} if its invariant is
 * violated.
 */
final class Invariants {

  /** Combinations that docs/parameters.md lists as rejected, by the parameter in the message. */
  private static final Set<String> REFUSED = Set.of("sort", "group", "cursorMark");

  private static final int RE_RANK_DOCS = 50;
  private static final int ROWS = 10;

  static final Map<String, Consumer<Observation>> ALL = new LinkedHashMap<>();

  static {
    ALL.put("only 200 and 400", Invariants::only200And400);
    ALL.put("what is 200 without rq is 200 with it", Invariants::whatWorksGoesOnWorking);
    ALL.put("a wrong parameter is a 400 with its name", Invariants::wrongIsRefused);
    ALL.put("the section says how it ended", Invariants::sectionSaysHowItEnded);
    ALL.put("the window is a permutation", Invariants::windowIsAPermutation);
    ALL.put("the tail keeps its order", Invariants::tailKeepsItsOrder);
    ALL.put("hits below minScore are counted", Invariants::minScoreCountsWhatItRemoves);
    ALL.put("scores never rise", Invariants::scoresNeverRise);
    ALL.put("the first pass's scores are known", Invariants::firstPassScoresAreKnown);
    ALL.put("a page is a slice of all hits", Invariants::pageIsASlice);
    ALL.put("the same request gives the same page", Invariants::sameAgain);
    ALL.put("other sections are as they were", Invariants::otherSectionsStay);
  }

  private Invariants() {}

  private static void check(boolean holds, Object... what) {
    if (!holds) {
      throw new AssertionError(
          Arrays.stream(what).map(String::valueOf).collect(Collectors.joining(" ")));
    }
  }

  private static void only200And400(Observation seen) {
    int status = seen.with().status();
    check(status == 200 || status == 400 || seen.failsInSolr(), status, seen.with().message());
  }

  private static void whatWorksGoesOnWorking(Observation seen) {
    boolean refused = REFUSED.stream().anyMatch(name -> isNamed(name, seen));
    boolean wrong = seen.request().wrong().stream().anyMatch(name -> isNamed(name, seen));
    // If the time limit is reached before the request is parsed, Solr returns HTTP 200 in any case.
    boolean works = seen.without().isOk() && !seen.request().isTimed() && !seen.failsInSolr();
    check(!works || seen.with().isOk() || refused || wrong, seen.with().message());
    seen.reranked().ifPresent(all -> check(all.isOk(), "all hits:", all.message()));
  }

  private static void wrongIsRefused(Observation seen) {
    List<String> wrong = seen.request().wrong();
    if (!wrong.isEmpty() && seen.without().isOk() && !seen.request().isTimed()) {
      check(!seen.with().isOk(), "200 with", wrong);
    }
  }

  private static boolean isNamed(String parameter, Observation seen) {
    // One message contains all missing parameters; the others also contain the value.
    return seen.with()
        .message()
        .matches("(?s)crossencoder: [\\w, ]*\\b" + parameter + "(=|: | ).*");
  }

  private static void sectionSaysHowItEnded(Observation seen) {
    if (seen.firstPass().isEmpty()) {
      return;
    }
    boolean hasRows = seen.request().value("rows").map(rows -> !rows.equals("0")).orElse(true);
    check(hasRows == seen.with().section().isPresent(), "section", seen.with().section());
    for (Answer each : List.of(seen.with(), seen.again(), seen.reranked().orElseThrow())) {
      each.section()
          .ifPresent(
              section -> {
                String outcome = String.valueOf(section.get("outcome"));
                check(RerankOutcome.LABELS.contains(outcome), section);
                check(!Set.of("failed", "partial", "overloaded").contains(outcome), section);
                check("tmdb-starter".equals(section.get("model")), section);
              });
    }
  }

  private static int window(Observation seen) {
    int reRankDocs =
        seen.request()
            .value("reRankDocs")
            .map(n -> Integer.parseInt(n.trim()))
            .orElse(RE_RANK_DOCS);
    return Math.min(reRankDocs, seen.firstPass().map(all -> all.ids().size()).orElse(0));
  }

  private static boolean removes(Observation seen) {
    Optional<Object> outcome =
        seen.reranked().flatMap(Answer::section).map(section -> section.get("outcome"));
    return seen.request().value("minScore").isPresent()
        && outcome.filter(is -> !is.equals("skipped")).isPresent();
  }

  private static void windowIsAPermutation(Observation seen) {
    if (seen.firstPass().isEmpty()) {
      return;
    }
    List<Object> before = seen.firstPass().get().ids().subList(0, window(seen));
    List<Object> after = seen.reranked().orElseThrow().ids();
    if (removes(seen)) {
      check(before.containsAll(withoutElevated(seen)), before, "->", after);
      check(new HashSet<>(after).size() == after.size(), after);
    } else {
      int to = Math.min(window(seen), after.size());
      check(sorted(before).equals(sorted(after.subList(0, to))), before, "->", after);
    }
  }

  private static Collection<Object> withoutElevated(Observation seen) {
    return seen.reranked().orElseThrow().hits().stream()
        .filter(hit -> !Boolean.TRUE.equals(hit.get("[elevated]")))
        .map(hit -> hit.get("id"))
        .toList();
  }

  private static Set<String> sorted(List<Object> ids) {
    return ids.stream().map(Object::toString).collect(Collectors.toCollection(TreeSet::new));
  }

  private static void tailKeepsItsOrder(Observation seen) {
    if (seen.firstPass().isEmpty() || removes(seen)) {
      return;
    }
    List<Object> before = seen.firstPass().get().ids();
    List<Object> after = seen.reranked().orElseThrow().ids();
    check(before.size() == after.size(), before.size(), "hits ->", after.size());
    int window = window(seen);
    List<Object> tail = before.subList(window, before.size());
    check(tail.equals(after.subList(window, after.size())), tail, "->", after);
  }

  private static void minScoreCountsWhatItRemoves(Observation seen) {
    if (seen.firstPass().isEmpty()) {
      return;
    }
    Answer reranked = seen.reranked().orElseThrow();
    long before = seen.firstPass().get().page().orElseThrow().getNumFound();
    long after = reranked.page().orElseThrow().getNumFound();
    if (!removes(seen)) {
      boolean exact = seen.firstPass().get().page().orElseThrow().getNumFoundExact();
      check(before == after || !exact, "numFound", before, "->", after);
      return;
    }
    check(after == reranked.ids().size(), "numFound", after, "of", reranked.ids().size());
    float least = Float.parseFloat(seen.request().value("minScore").orElseThrow());
    for (SolrDocument hit : reranked.hits()) {
      boolean elevated = Boolean.TRUE.equals(hit.get("[elevated]"));
      check(elevated || (Float) hit.get("score") >= least, hit);
    }
    Object removed = reranked.section().orElseThrow().get("removed");
    check(removed == null || before - after == (Integer) removed, before, after, removed);
  }

  /** Elevated documents are on top, independent of their scores. */
  private static void scoresNeverRise(Observation seen) {
    float last = Float.POSITIVE_INFINITY;
    for (SolrDocument hit : seen.reranked().map(Answer::hits).orElse(List.of())) {
      float score = (Float) hit.get("score");
      check(Float.isFinite(score), hit);
      if (!Boolean.TRUE.equals(hit.get("[elevated]"))) {
        check(score <= last, last, "before", hit);
        last = score;
      }
    }
  }

  private static void firstPassScoresAreKnown(Observation seen) {
    if (seen.firstPass().isEmpty()) {
      return;
    }
    Map<Object, Object> before = new HashMap<>();
    seen.firstPass().get().hits().forEach(hit -> before.put(hit.get("id"), hit.get("score")));
    for (SolrDocument hit : seen.reranked().orElseThrow().hits()) {
      Object score = hit.get("originalScore()");
      check(before.get(hit.get("id")).equals(score), before.get(hit.get("id")), "->", hit);
    }
  }

  private static void pageIsASlice(Observation seen) {
    List<Object> page = seen.with().ids();
    if (seen.firstPass().isEmpty() || page.contains(null)) {
      return;
    }
    List<Object> all = seen.reranked().orElseThrow().ids();
    int start =
        Math.min(seen.request().value("start").map(Integer::parseInt).orElse(0), all.size());
    long rows = seen.request().value("rows").map(Integer::parseInt).orElse(ROWS);
    List<Object> slice = all.subList(start, (int) Math.min(start + rows, all.size()));
    check(slice.equals(page), slice, "is", page);
    long begins = seen.with().page().orElseThrow().getStart();
    check(all.isEmpty() || begins == seen.without().page().orElseThrow().getStart(), begins);
  }

  private static void sameAgain(Observation seen) {
    if (seen.request().isTimed()) {
      return;
    }
    check(seen.with().status() == seen.again().status(), seen.again().status());
    check(seen.with().message().equals(seen.again().message()), seen.again().message());
    check(hits(seen.with()).equals(hits(seen.again())), hits(seen.with()), hits(seen.again()));
  }

  /** The values that must be cached; first-pass ranks belong to the request that reranked. */
  private static List<String> hits(Answer answer) {
    List<String> hits = new ArrayList<>();
    answer.page().ifPresent(page -> hits.add("numFound " + page.getNumFound()));
    answer.hits().forEach(hit -> hits.add(hit.get("id") + " " + hit.get("score")));
    return hits;
  }

  private static void otherSectionsStay(Observation seen) {
    // Collapsing by score selects other documents for facets if no scores are requested.
    boolean collapses = String.valueOf(seen.request().withRerank()).contains("collapse");
    if (seen.firstPass().isEmpty() || collapses) {
      return;
    }
    for (String name : List.of("facet_counts", "facets", "stats", "spellcheck")) {
      String before = String.valueOf(seen.without().body().get(name));
      String after = String.valueOf(seen.with().body().get(name));
      check(before.equals(after), name, before, "->", after);
    }
  }
}
