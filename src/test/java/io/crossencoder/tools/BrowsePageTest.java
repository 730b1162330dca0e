// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertTrue;

import io.crossencoder.tools.search.FirstPass;
import io.crossencoder.tools.search.RerankSearch;
import io.crossencoder.tools.search.ResultPage;
import java.util.List;
import org.apache.solr.client.solrj.SolrClient;
import org.junit.Test;

/** The browse page in a real browser, under the Content-Security-Policy of Solr's own server. */
public final class BrowsePageTest extends BrowsePageTestCase {

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
  public void searchesWithTheChosenFirstPass() throws Exception {
    go("?q=vietnam+war&firstPass=fused");
    tab.await("document.querySelectorAll('#second .hit').length === 10");
    try (SolrClient client = SOLR.target().connect()) {
      RerankSearch fused = new RerankSearch(client, SOLR.target(), FirstPass.FUSED);
      assertEquals(titles(fused.firstPass("vietnam war", 10)), tab.texts(FIRST));
      assertEquals(titles(fused.reranked("vietnam war", 10, 50, null)), tab.texts(SECOND));
    }
    assertTrue(tab.text("#settings-summary").startsWith("fused · "));
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
}
