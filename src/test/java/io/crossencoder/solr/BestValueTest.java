// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr;

import java.util.ArrayList;
import java.util.List;
import org.apache.solr.client.solrj.response.QueryResponse;
import org.apache.solr.common.SolrDocument;
import org.apache.solr.common.SolrInputDocument;
import org.apache.solr.common.util.NamedList;
import org.junit.BeforeClass;
import org.junit.Test;

/** {@code passage=max}: the highest-scoring value of a multiValued field counts. */
public class BestValueTest extends FilmsTestCase {

  private static final List<String> PARTS =
      List.of(
          "A baker opens a shop in a small town.",
          "Soldiers come home from the vietnam war.",
          "Two sisters sail around the world.");

  private static int asked;

  private static final String LONG = "The harvest is late and the village waits for rain. ";

  @BeforeClass
  public static void addDocumentsOfParts() throws Exception {
    var client = solr.getSolrClient("tmdb");
    List<SolrInputDocument> documents = new ArrayList<>();
    documents.add(document("parts", PARTS));
    for (int i = 0; i < PARTS.size(); i++) {
      documents.add(document("part" + i, List.of(PARTS.get(i))));
    }
    documents.add(document("none", List.of()));
    String end = "Soldiers come home from the vietnam war.";
    documents.add(document("long", List.of(LONG.repeat(30_000) + end, "A dog.", "A dog.")));
    List<String> many = new ArrayList<>();
    for (int i = 0; i < 3_000; i++) {
      many.add("Chapter " + i + " of a very long book.");
    }
    documents.add(document("many", many));
    client.add(documents);
    client.commit();
  }

  private static SolrInputDocument document(String id, List<String> parts) {
    SolrInputDocument document =
        new SolrInputDocument("id", id, "title", "Quuxical letters", "original_language", "en");
    parts.forEach(part -> document.addField("keywords", part));
    document.addField("genres", "Drama");
    document.addField("genres", "War");
    return document;
  }

  private static QueryResponse ask(String id, String local) throws Exception {
    String fields = local.contains("fields=") ? "" : "fields=title,keywords ";
    // A control character has no effect on the model, but makes the text unknown to the caches.
    String query = "vietnam war" + "\u0001".repeat(++asked);
    String rq = "{!crossencoder query='" + query + "' " + fields + local + "}";
    String ce = "ce:[crossencoder" + (local.contains("passage=max") ? " window=true]" : "]");
    return select("q", "quuxical", "fq", "id:" + id, "rq", rq, "fl", "id,score," + ce);
  }

  private static float scoreOf(String id, String local) throws Exception {
    return score(ask(id, local).getResults().get(0));
  }

  @SuppressWarnings("unchecked")
  private static NamedList<Object> ce(QueryResponse response) {
    SolrDocument hit = response.getResults().get(0);
    return (NamedList<Object>) hit.get("ce");
  }

  @Test
  public void theBestValueCountsAsIfItWereTheOnlyOne() throws Exception {
    float best = Float.NEGATIVE_INFINITY;
    for (int i = 0; i < PARTS.size(); i++) {
      best = Math.max(best, scoreOf("part" + i, ""));
    }
    QueryResponse response = ask("parts", "passage=max");
    assertEquals(best, score(response.getResults().get(0)), 0);
    assertEquals(best, (Float) ce(response).get("logit"), 0);
    assertEquals("Quuxical letters\n\n" + PARTS.get(1), ce(response).get("window"));
    assertEquals(3, section(response).get("windows"));
    assertEquals(0, section(response).get("truncated"));
    assertNotEquals("joined it is another text", best, scoreOf("parts", ""), 1e-4f);
  }

  @Test
  public void oneValueOrNoneIsReadAsEver() throws Exception {
    for (String id : List.of("part0", "part1", "none")) {
      assertEquals(scoreOf(id, ""), scoreOf(id, "passage=max"), 0);
    }
    assertEquals("Quuxical letters", ce(ask("none", "passage=max")).get("window"));
  }

  @Test
  public void ofALongValueTheBeginningIsRead() throws Exception {
    QueryResponse response = ask("long", "passage=max");
    assertEquals("equal ones count once", 2, section(response).get("windows"));
    assertEquals(1, section(response).get("truncated"));
    assertEquals(true, ce(response).get("truncated"));
  }

  @Test
  public void noMoreValuesAreScoredThanMaxWindows() throws Exception {
    QueryResponse response = ask("many", "passage=max maxWindows=5");
    assertEquals(5, section(response).get("windows"));
    assertEquals(1, section(response).get("truncated"));
    assertEquals(8, section(ask("many", "passage=max")).get("windows"));
    QueryResponse first = ask("parts", "passage=max maxWindows=1");
    assertEquals(scoreOf("part0", ""), score(first.getResults().get(0)), 0);
    assertEquals(1, section(first).get("truncated"));
  }

  @Test
  public void theLastFieldOfSeveralValuesIsMeant() throws Exception {
    QueryResponse genres = ask("parts", "passage=max fields=title,keywords,genres");
    String keywords = String.join(", ", PARTS);
    String prefix = "Quuxical letters\n\n" + keywords + "\n\n";
    assertEquals(2, section(genres).get("windows"));
    assertTrue(
        ce(genres).toString(),
        List.of(prefix + "Drama", prefix + "War").contains(ce(genres).get("window")));
    QueryResponse parts = ask("parts", "passage=max fields=genres,keywords,title");
    assertEquals("Drama, War\n\n" + PARTS.get(1) + "\n\nQuuxical letters", ce(parts).get("window"));
  }

  @Test
  public void aPageKnowsWhichWayWasRead() throws Exception {
    for (String local : List.of("passage=maxp", "passage=max", "passage=head")) {
      String rq = "{!crossencoder query='a book' fields=title,keywords " + local + "}";
      String[] request = {"q", "quuxical", "fq", "id:many", "rq", rq};
      assertEquals(local, "complete", section(select(request)).get("outcome"));
      assertEquals(local, "queryResultCache", section(select(request)).get("outcome"));
    }
  }

  @Test
  public void theFunctionReadsTheSame() throws Exception {
    String[] request = {"q", "quuxical", "fq", "id:parts", "f", "title,keywords"};
    String function = "f:crossencoder('vietnam war','fields=$f','passage=max')";
    QueryResponse page = select(with(request, "fl", function));
    assertEquals(scoreOf("parts", "passage=max"), (Float) page.getResults().get(0).get("f"), 1e-6f);
  }

  @Test
  public void withoutAFieldOfSeveralValuesItIsRefused() {
    String message = badRequest("q", "war", "rq", "{!crossencoder passage=max}");
    assertTrue(message, message.contains("passage='max'"));
    assertTrue(message, message.contains("multiValued field in fields='title,overview'"));
  }
}
