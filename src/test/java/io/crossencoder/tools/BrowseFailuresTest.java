// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.util.List;
import org.junit.Test;

/** The browse page with error responses, failures and unusual text. */
public final class BrowseFailuresTest extends BrowsePageTestCase {

  /** Searches, and holds the requests whose address matches the pattern. */
  private void hold(String pattern, String query) {
    tab.hold(pattern);
    go("");
    tab.type(query);
    tab.press("Enter");
  }

  private void awaitBanner() {
    tab.await("!document.querySelector('#outcome').hidden");
  }

  @Test
  public void showsWhatSolrRefusesAndWhere() {
    go("?q=vietnam+war&reRankDocs=0");
    awaitBanner();
    assertTrue(
        tab.text("#outcome"),
        tab.text("#outcome").startsWith("Solr returned 400: crossencoder: reRankDocs='0'"));
    assertTrue(tab.sees("[name=reRankDocs][aria-invalid=true]"));
    assertEquals("the first pass stands", 10, tab.texts(FIRST).size());
  }

  @Test
  public void saysThatTheTimeWasUp() {
    hold("*rq=*", "war");
    tab.answer(
        200,
        "{\"responseHeader\":{\"QTime\":3},\"response\":{\"numFound\":2,\"docs\":["
            + "{\"id\":\"28\",\"title\":\"Apocalypse Now\",\"score\":2.5,\"ce\":{\"logit\":2.5}},"
            + "{\"id\":\"857\",\"title\":\"Saving Private Ryan\",\"score\":-1.5e20,"
            + "\"ce\":{\"outcome\":\"partial\"}}]},"
            + "\"crossEncoder\":{\"outcome\":\"partial\",\"scored\":1,\"candidates\":2}}");
    awaitBanner();
    assertEquals(
        "Partial: the timeout expired. 1 of 2 candidates were scored; the others keep their"
            + " first-pass order.",
        tab.text("#outcome"));
    assertEquals(List.of("2.50", "–"), tab.texts("#second .score"));
  }

  @Test
  public void saysThatNothingMatches() {
    go("?q=xyzzy");
    tab.await("document.querySelector('#welcome h2').innerText === 'Nothing matches “xyzzy”.'");
    assertFalse(tab.sees("#results"));
  }

  @Test
  public void saysThatItTakesAWhileButOnlyIfItDoes() {
    hold("*rq=*", "prison escape");
    tab.await("!document.querySelector('#waiting').hidden");
    assertTrue(tab.text("#elapsed"), tab.text("#elapsed").endsWith(" s"));
    tab.release();
    tab.await("document.querySelectorAll('#second .hit').length === 10");
    tab.await("document.querySelector('#waiting').hidden");
  }

  @Test
  public void saysThatSolrDoesNotAnswer() {
    hold("*/select?*", "war");
    for (int request = 0; request < 3; request++) {
      tab.cutOff();
    }
    tab.await("!document.querySelector('#failure').hidden");
    assertTrue(
        tab.text("#failure"), tab.text("#failure").startsWith("No response from http://127"));
  }

  @Test
  public void saysWhatAServerErrorIs() {
    hold("*rq=*", "war");
    tab.answer(503, "{\"error\":{\"msg\":\"crossencoder: overloaded, the queue is full\"}}");
    awaitBanner();
    assertEquals(
        "Solr returned 503: crossencoder: overloaded, the queue is full", tab.text("#outcome"));
  }

  @Test
  public void anAnswerThatIsNoJsonIsAFailureToo() {
    hold("*rq=*", "war");
    tab.answer(500, "<html><h1>Jetty</h1></html>");
    awaitBanner();
    assertTrue(tab.text("#outcome"), tab.text("#outcome").endsWith("from /solr/tmdb/select"));
  }

  @Test
  public void aModelThatFailedIsShownBesideTheFirstPassOrder() {
    hold("*rq=*", "war");
    tab.answer(
        200,
        "{\"responseHeader\":{\"QTime\":3},\"response\":{\"numFound\":1,\"docs\":[{\"id\":\"28\","
            + "\"title\":\"Apocalypse Now\",\"score\":3}]},"
            + "\"crossEncoder\":{\"outcome\":\"failed\",\"error\":\"OrtException: no memory\"}}");
    awaitBanner();
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
