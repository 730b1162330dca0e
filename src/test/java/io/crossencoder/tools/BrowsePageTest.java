// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertTrue;

import io.crossencoder.browser.Chromium;
import io.crossencoder.browser.Tab;
import java.util.List;
import org.apache.solr.client.solrj.SolrClient;
import org.apache.solr.common.SolrInputDocument;
import org.junit.After;
import org.junit.Before;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;

/** The browse page in a real browser, under the Content-Security-Policy of Solr's own server. */
public final class BrowsePageTest {
  // First, so that no Solr is started where there is no browser.
  @ClassRule(order = 0)
  public static final Chromium CHROMIUM = new Chromium();

  @ClassRule(order = 1)
  public static final FilmsSolr SOLR = new FilmsSolr();

  private static final String FIRST = "#first h3";
  private static final String SECOND = "#second h3";
  private static final String MARKUP = "<img src=x onerror=\"document.title='broken'\"> zebra";

  private Tab tab;

  @BeforeClass
  public static void indexFilms() throws Exception {
    new TmdbIndexer(SOLR.target(), 500).index(FilmsSolr.sample(), size -> Progress.NONE);
    try (SolrClient client = SOLR.target().connect()) {
      client.add(
          new SolrInputDocument(
              "id",
              "<b>markup</b>",
              "title",
              MARKUP,
              "overview",
              "<script>alert(1)</script> </p>"));
      client.commit();
    }
  }

  @Before
  public void openTab() {
    tab = CHROMIUM.open();
  }

  @After
  public void hearNoComplaints() {
    tab.close();
    assertEquals(List.of(), tab.complaints());
  }

  private void go(String query) {
    tab.go(SOLR.target().url() + "/tmdb/browse" + query);
    tab.await("document.title !== 'Browse'");
  }

  private void search(String query) {
    go(query);
    tab.await("document.querySelectorAll('#second .hit').length > 0");
  }

  private static List<String> titles(ResultPage page) {
    return page.hits().stream().map(ResultPage.Hit::title).toList();
  }

  @Test
  public void beginsWithExamples() {
    go("");
    assertTrue(tab.sees("#welcome"));
    tab.click("#examples a");
    tab.await("document.querySelectorAll('#second .hit').length > 0");
    assertFalse(tab.sees("#welcome"));
  }

  @Test
  public void showsBothOrdersOfWhatOneTypes() throws Exception {
    go("");
    tab.type("vietnam war");
    tab.press("Enter");
    tab.await("document.querySelectorAll('#second .hit').length === 10");
    assertNotEquals(tab.texts(FIRST), tab.texts(SECOND));
    try (SolrClient client = SOLR.target().connect()) {
      RerankSearch search = new RerankSearch(client, SOLR.target());
      assertEquals(titles(search.firstPass("vietnam war", 10)), tab.texts(FIRST));
      assertEquals(titles(search.reranked("vietnam war", 10, 50, null)), tab.texts(SECOND));
    }
  }

  @Test
  public void tellsOfEachHitWhereItWasAndBothScores() {
    search("?q=vietnam+war");
    String platoon = "#second [data-id='792'] ";
    assertEquals("▲12", tab.text(platoon + ".move"));
    assertEquals(
        "moved up 12, from 17 to 5",
        tab.eval("document.querySelector(`" + platoon + ".move`).title").asText());
    assertEquals("0.70", tab.text(platoon + ".score"));
    assertTrue(tab.text(platoon + ".before").endsWith("2.18"));
    assertTrue(tab.text("#first [data-id='11778'] .scores").contains("reranked to 1"));
  }

  @Test
  public void drawsALineToEachHitOfTheRerankedPage() {
    search("?q=vietnam+war");
    tab.await("document.querySelectorAll('#moves path').length === 10");
    assertEquals(
        "each ends at its hit",
        0,
        tab.eval(
                "[...document.querySelectorAll('#moves path')].filter(line => !document"
                    + ".querySelector(`#second [data-id='${line.dataset.id}']`)).length")
            .asInt());
  }

  @Test
  public void opensAHitToAllThatIsKnownOfIt() {
    search("?q=vietnam+war&passage=maxp");
    tab.click("#second [data-id='792'] button");
    String details = tab.text("#second [data-id='792'] .more");
    for (String part : List.of("logit", "probability", "first-pass rank", "17", "grade")) {
      assertTrue(details, details.contains(part));
    }
    assertEquals(
        "true",
        tab.eval("document.querySelector(\"#second [data-id='792'] button\").ariaExpanded")
            .asText());
  }

  @Test
  public void showsGradesAndTheirGain() {
    search("?q=vietnam+war");
    assertEquals("nDCG@10 0.246 · 1 judged", tab.text("#first .ndcg"));
    // Grade 1 at ranks 1, 5, 6 and 9; the ideal page has them at 1 to 4.
    double gain = 0;
    double ideal = 0;
    for (int i = 0; i < 4; i++) {
      gain += Math.log(2) / Math.log(new int[] {1, 5, 6, 9}[i] + 1);
      ideal += Math.log(2) / Math.log(i + 2);
    }
    assertEquals(
        String.format(java.util.Locale.ROOT, "nDCG@10 %.3f · 4 judged", gain / ideal),
        tab.text("#second .ndcg"));
    assertEquals("grade 1", tab.text("#second [data-id='792'] .grade"));
  }

  @Test
  public void showsNoGainOfAQueryThatNobodyJudged() {
    search("?q=space");
    assertEquals("", tab.text("#second .ndcg"));
  }

  @Test
  public void keepsItsStateInTheAddress() {
    search("?q=war&reRankDocs=7&blend=ce%2Bscore");
    assertEquals("7", tab.eval("document.querySelector('[name=reRankDocs]').value").asText());
    assertEquals("ce+score", tab.eval("document.querySelector('[name=blend]').value").asText());
    assertTrue(tab.text("#second .meta"), tab.text("#second .meta").startsWith("7 of 7 scored"));
    assertEquals("blend, first pass", tab.text("#second .unit"));
  }

  @Test
  public void theBackButtonBringsTheLastSearchBack() {
    search("?q=war");
    List<String> before = tab.texts(SECOND);
    tab.eval("document.querySelector('#q').value = 'prison escape'");
    tab.click("button[type=submit]");
    tab.await("location.search === '?q=prison+escape'");
    tab.await("!document.querySelector('#second h3').innerText.includes('" + before.get(0) + "')");
    tab.eval("history.back()");
    tab.await("document.querySelector('#second h3')?.innerText === '" + before.get(0) + "'");
    assertEquals(before, tab.texts(SECOND));
    assertEquals("war", tab.eval("document.querySelector('#q').value").asText());
  }

  @Test
  public void givesTheRequestThatItMade() {
    search("?q=vietnam+war&reRankDocs=30");
    String ids =
        "fetch(document.querySelector('#url').innerText).then(r => r.json())"
            + ".then(answer => answer.response.docs.map(doc => doc.title).join('|'))";
    assertEquals(String.join("|", tab.texts(SECOND)), tab.eval(ids).asText());
  }

  @Test
  public void aFormulaWithQuotesAndBackslashesReachesSolrWhole() {
    go("?q=war&blend=ce+'\\");
    tab.await("!document.querySelector('#outcome').hidden");
    assertTrue(tab.text("#outcome"), tab.text("#outcome").contains("blend='ce '\\'"));
  }

  @Test
  public void showsWhatSolrRefusesAndWhere() {
    go("?q=vietnam+war&reRankDocs=0");
    tab.await("!document.querySelector('#outcome').hidden");
    assertTrue(
        tab.text("#outcome"),
        tab.text("#outcome").startsWith("Solr says 400: crossencoder: reRankDocs='0'"));
    assertTrue(tab.sees("[name=reRankDocs][aria-invalid=true]"));
    assertEquals("the first pass stands", 10, tab.texts(FIRST).size());
  }

  @Test
  public void saysThatTheTimeWasUp() {
    search("?q=a+soldier+goes+to+war&reRankDocs=200&reRankTimeout=1");
    assertTrue(tab.text("#outcome"), tab.text("#outcome").startsWith("Partial: the time was up."));
    assertTrue(tab.texts("#second .score").contains("–"));
  }

  @Test
  public void saysThatNothingMatches() {
    go("?q=xyzzy");
    tab.await("document.querySelector('#welcome h2').innerText === 'Nothing matches “xyzzy”.'");
    assertFalse(tab.sees("#results"));
  }

  @Test
  public void saysThatItTakesAWhileButOnlyIfItDoes() {
    tab.hold("*rq=*");
    go("");
    tab.type("prison escape");
    tab.press("Enter");
    tab.await("!document.querySelector('#waiting').hidden");
    assertTrue(tab.text("#elapsed"), tab.text("#elapsed").endsWith(" s"));
    tab.release();
    tab.await("document.querySelectorAll('#second .hit').length === 10");
    tab.await("document.querySelector('#waiting').hidden");
  }

  @Test
  public void saysThatSolrDoesNotAnswer() {
    tab.hold("*/select?*");
    go("");
    tab.type("war");
    tab.press("Enter");
    for (int request = 0; request < 3; request++) {
      tab.cutOff();
    }
    tab.await("!document.querySelector('#failure').hidden");
    assertTrue(tab.text("#failure"), tab.text("#failure").startsWith("No answer from http://127"));
  }

  @Test
  public void saysWhatAServerErrorIs() {
    tab.hold("*rq=*");
    go("");
    tab.type("war");
    tab.press("Enter");
    tab.answer(503, "{\"error\":{\"msg\":\"crossencoder: overloaded, the queue is full\"}}");
    tab.await("!document.querySelector('#outcome').hidden");
    assertEquals(
        "Solr says 503: crossencoder: overloaded, the queue is full", tab.text("#outcome"));
  }

  @Test
  public void anAnswerThatIsNoJsonIsAFailureToo() {
    tab.hold("*rq=*");
    go("");
    tab.type("war");
    tab.press("Enter");
    tab.answer(500, "<html><h1>Jetty</h1></html>");
    tab.await("!document.querySelector('#outcome').hidden");
    assertTrue(tab.text("#outcome"), tab.text("#outcome").endsWith("from /solr/tmdb/select"));
  }

  @Test
  public void aModelThatFailedIsShownBesideTheFirstPassOrder() {
    tab.hold("*rq=*");
    go("");
    tab.type("war");
    tab.press("Enter");
    tab.answer(
        200,
        "{\"responseHeader\":{\"QTime\":3},\"response\":{\"numFound\":1,\"docs\":[{\"id\":\"28\","
            + "\"title\":\"Apocalypse Now\",\"score\":3}]},"
            + "\"crossEncoder\":{\"outcome\":\"failed\",\"error\":\"OrtException: no memory\"}}");
    tab.await("!document.querySelector('#outcome').hidden");
    assertTrue(
        tab.text("#outcome"), tab.text("#outcome").startsWith("The model failed: OrtException"));
    assertEquals(List.of("Apocalypse Now"), tab.texts(SECOND));
  }

  @Test
  public void textOfADocumentStaysText() {
    search("?q=zebra");
    assertEquals(List.of(MARKUP), tab.texts(SECOND));
    tab.click("#second .hit button");
    String shown = tab.text("#second .more");
    assertTrue(shown, shown.contains("<script>alert(1)</script> </p>"));
    assertTrue(shown, shown.contains("<b>markup</b>"));
    assertEquals(0, tab.eval("document.querySelectorAll('main img, main script').length").asInt());
    assertEquals("zebra · tmdb", tab.eval("document.title").asText());
    assertEquals(List.of("zebra"), tab.texts("#second h3 mark"));
  }

  @Test
  public void whatOneTypesStaysText() {
    for (String query :
        List.of("<b>bold</b>", "{!func}popularity", "${oops}", "\"open", "😀 שלום")) {
      go("");
      tab.type(query);
      tab.press("Enter");
      tab.await("document.title.startsWith(document.querySelector('#q').value)");
      tab.eval("location.reload()");
      tab.await(
          "performance.getEntriesByType('navigation')[0].type === 'reload' && (document"
              + ".querySelector('#second .hit') || /Nothing/.test(document.body.innerText))");
      assertFalse(query, tab.sees("#failure"));
      assertEquals(query, tab.eval("document.querySelector('#q').value").asText());
      assertEquals(0, tab.eval("document.querySelectorAll('main b').length").asInt());
    }
  }

  @Test
  public void aQueryThatIsTooLongForAnAddressIsPosted() {
    search("?q=" + "vietnam+".repeat(600));
    assertEquals("Good Morning, Vietnam", tab.texts(SECOND).get(0));
  }

  @Test
  public void anAddressWithASlashAtItsEndLeadsToThePage() {
    tab.go(SOLR.target().url() + "/tmdb/browse/?q=war");
    tab.await("document.querySelectorAll('#second .hit').length === 10");
    assertEquals("/solr/tmdb/browse", tab.eval("location.pathname").asText());
  }
}
