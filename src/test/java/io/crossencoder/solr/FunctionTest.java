// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr;

import io.crossencoder.engine.HeldWorkers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.lucene.queries.function.ValueSource;
import org.apache.solr.client.solrj.response.QueryResponse;
import org.apache.solr.common.SolrDocument;
import org.apache.solr.common.SolrInputDocument;
import org.apache.solr.common.params.ModifiableSolrParams;
import org.apache.solr.common.util.NamedList;
import org.apache.solr.core.SolrCore;
import org.apache.solr.request.SolrQueryRequest;
import org.apache.solr.request.SolrQueryRequestBase;
import org.apache.solr.search.FunctionQParser;
import org.junit.BeforeClass;
import org.junit.Test;

/** The function {@code crossencoder(...)}. */
@SuppressWarnings("try") // Workers are held, and nothing is done with them.
public class FunctionTest extends FilmsTestCase {

  private static final String QQ = "soldiers in the vietnam war";

  /** More documents than one request can score; equal for the model, so they cost little. */
  @BeforeClass
  public static void addManyDocuments() throws Exception {
    List<SolrInputDocument> documents = new ArrayList<>();
    for (int i = 0; i < 1100; i++) {
      documents.add(
          new SolrInputDocument("id", "same" + i, "title", "Tlön", "keywords", "encyclopedia"));
    }
    documents.add(new SolrInputDocument("id", "mirror", "tagline", "uqbar", "title", "A mirror"));
    solr.getSolrClient("tmdb").add(documents);
    solr.getSolrClient("tmdb").commit();
  }

  /** Logits of all films of a query, from reranking. */
  private static Map<Object, Float> logits(String q) throws Exception {
    return select("q", q, "qq", QQ, "rows", "500", "rq", "{!crossencoder query=$qq reRankDocs=500}")
        .getResults()
        .stream()
        .collect(Collectors.toMap(hit -> hit.get("id"), FilmsTestCase::score));
  }

  private static double probability(float logit) {
    return 1 / (1 + Math.exp(-logit));
  }

  @Test
  public void inFlItIsTheLogit() throws Exception {
    Map<Object, Float> logits = logits("war");
    QueryResponse page = select("q", "war", "qq", QQ, "fl", "id,ce:crossencoder($qq)");
    for (SolrDocument hit : page.getResults()) {
      assertEquals(logits.get(hit.get("id")), hit.get("ce"));
    }
  }

  @Test
  public void inFlBesideARerankItIsTheRerankedLogit() throws Exception {
    QueryResponse page =
        select("q", "love", "rq", "{!crossencoder}", "fl", "id,score,ce:crossencoder()");
    for (SolrDocument hit : page.getResults()) {
      assertEquals(hit.get("score"), hit.get("ce"));
    }
  }

  @Test
  public void itCanBeAPartOfAFormula() throws Exception {
    Map<Object, Float> logits = logits("war");
    QueryResponse page =
        select("q", "war", "qq", QQ, "fl", "id,ce:sum(product(2,crossencoder($qq)),1)");
    for (SolrDocument hit : page.getResults()) {
      assertEquals(2 * logits.get(hit.get("id")) + 1, (Float) hit.get("ce"), 1e-4);
    }
  }

  @Test
  public void furtherArgumentsAreTheParametersOfAPassage() throws Exception {
    QueryResponse page =
        select(
            "q",
            "war",
            "fl",
            "id,score,ce:crossencoder('war','fields=title','passage=maxp')",
            "rq",
            "{!crossencoder fields=title}");
    for (SolrDocument hit : page.getResults()) {
      assertEquals(hit.get("score"), hit.get("ce"));
    }
  }

  @Test
  public void sortIsTheOrderOfTheLogits() throws Exception {
    Map<Object, Float> logits = logits("war");
    QueryResponse page =
        select("q", "war", "qq", QQ, "sort", "crossencoder($qq) desc", "rows", "500");
    assertEquals(logits.size(), page.getResults().size());
    float last = Float.POSITIVE_INFINITY;
    for (String id : ids(page)) {
      assertTrue(logits.get(id) <= last);
      last = logits.get(id);
    }
  }

  @Test
  public void asAFilterItCutsByTheLogit() throws Exception {
    Map<Object, Float> logits = logits("war");
    List<Float> sorted = logits.values().stream().sorted().toList();
    float middle = sorted.get(sorted.size() / 2);
    String filter = "{!frange cost=200 cache=false l=" + middle + "}crossencoder($qq)";
    QueryResponse page = select("q", "war", "qq", QQ, "fq", filter, "rows", "0");
    long expected = sorted.stream().filter(logit -> logit >= middle).count();
    assertEquals(expected, page.getResults().getNumFound());
  }

  @Test
  public void asAQueryItScoresWithTheProbability() throws Exception {
    Map<Object, Float> logits = logits("war");
    QueryResponse page =
        select(
            "q", "war",
            "qq", QQ,
            "rq", "{!rerank reRankQuery=$ce reRankDocs=20 reRankWeight=1 reRankOperator=replace}",
            "ce", "{!func}crossencoder($qq,'as=probability')");
    float last = 1;
    for (SolrDocument hit : page.getResults()) {
      assertEquals(probability(logits.get(hit.get("id"))), score(hit), 1e-5);
      assertTrue(score(hit) <= last);
      last = score(hit);
    }
  }

  @Test
  public void asABoostItAddsToTheScore() throws Exception {
    Map<Object, Float> logits = logits("war");
    Map<Object, Float> plain =
        select("q", "war", "rows", "500").getResults().stream()
            .collect(Collectors.toMap(hit -> hit.get("id"), FilmsTestCase::score));
    QueryResponse boosted =
        select("q", "war", "qq", QQ, "bf", "crossencoder($qq,'as=probability')", "rows", "500");
    for (SolrDocument hit : boosted.getResults()) {
      double expected = plain.get(hit.get("id")) + probability(logits.get(hit.get("id")));
      assertEquals(expected, score(hit), 1e-4);
    }
  }

  @Test
  public void collapseKeepsTheBestOfEachGroupWhateverTextWasAskedBefore() throws Exception {
    String[] collapsing = {
      "{!collapse field=original_language max=crossencoder($qq)}",
      "{!collapse field=original_language max='sum(1,crossencoder($qq))'}",
      "{!collapse field=original_language sort='crossencoder($qq) desc'}"
    };
    for (String fq : collapsing) {
      for (String qq : new String[] {QQ, "a robot from the future", QQ}) {
        Map<Object, SolrDocument> best = new HashMap<>();
        select(
                "q", "war",
                "rows", "500",
                "fl", "id,original_language,score",
                "qq", qq,
                "rq", "{!crossencoder query=$qq reRankDocs=500}")
            .getResults()
            .forEach(hit -> best.putIfAbsent(hit.get("original_language"), hit));
        assertTrue(best.size() > 3);
        QueryResponse heads = select("q", "war", "qq", qq, "rows", "500", "fq", fq);
        assertEquals(
            best.values().stream().map(hit -> hit.get("id")).collect(Collectors.toSet()),
            Set.copyOf(ids(heads)));
      }
    }
  }

  @Test
  public void moreDocumentsThanMayBeScoredAreRefused() throws Exception {
    String message = badRequest("q", "encyclopedia", "qq", QQ, "sort", "crossencoder($qq) desc");
    assertTrue(message, message.contains("more than 1000") && message.contains("maxReRankDocs"));
  }

  @Test
  public void theTransformerSaysWhichHitsAreMoreThanMayBeScored() throws Exception {
    QueryResponse page =
        select("q", "encyclopedia", "qq", QQ, "rows", "1100", "fl", "ce:[crossencoder query=$qq]");
    for (int i = 0; i < 1100; i++) {
      NamedList<?> ce = (NamedList<?>) page.getResults().get(i).get("ce");
      assertEquals(i < 1000, ce.get("logit") != null);
      assertEquals(i < 1000 ? null : "maxReRankDocs", ce.get("outcome"));
    }
    assertEquals(100, section(page).get("logitsLeftOut"));
  }

  @Test
  public void timeAllowedEndsIt() throws Exception {
    try (HeldWorkers held = holdWorkers()) {
      QueryResponse page =
          select("q", "uqbar", "qq", QQ, "sort", "crossencoder($qq) desc", "timeAllowed", "200");
      assertEquals(true, page.getResponseHeader().get("partialResults"));
    }
  }

  @Test
  public void withoutATextThereIsNoValue() throws Exception {
    QueryResponse page = select("q", "*:*", "fl", "id,ce:crossencoder()");
    for (SolrDocument hit : page.getResults()) {
      assertNull(hit.get("ce"));
    }
  }

  @Test
  public void badArgumentsAreRefused() {
    String[][] bad = {
      {"crossencoder($missing)", "refers to a parameter that is not in the request"},
      {"crossencoder('war','model=nope')", "model='nope'"},
      {"crossencoder('war','reRankDocs=5')", "reRankDocs='5'"},
      {"crossencoder('war','as=percent')", "logit or probability"},
      {"crossencoder('war','fields=title} x=1')", "must be name=value"},
    };
    for (String[] each : bad) {
      String message = badRequest("q", "war", "fq", "{!frange l=0}" + each[0]);
      assertTrue(message, message.contains(each[1]));
    }
  }

  @Test
  public void itEqualsWhatGivesTheSameValues() throws Exception {
    try (SolrCore core = solr.getSolrClient("tmdb").getCoreContainer().getCore("tmdb");
        SolrQueryRequest req = new SolrQueryRequestBase(core, new ModifiableSolrParams()) {}) {
      ValueSource source = FunctionQParser.parseAsValueSource("crossencoder('war')", req);
      ValueSource same =
          FunctionQParser.parseAsValueSource("crossencoder('war','fields=title,overview')", req);
      assertEquals(source, same);
      assertEquals(source.hashCode(), same.hashCode());
      for (String other :
          List.of(
              "'peace'",
              "'war','fields=title'",
              "'war','passage=maxp'",
              "'war','as=probability'")) {
        assertNotEquals(
            source, FunctionQParser.parseAsValueSource("crossencoder(" + other + ")", req));
      }
    }
  }
}
