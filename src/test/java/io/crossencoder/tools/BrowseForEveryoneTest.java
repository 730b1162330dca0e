// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.crossencoder.browser.Chromium;
import io.crossencoder.browser.Tab;
import io.crossencoder.tools.common.Progress;
import io.crossencoder.tools.films.TmdbIndexer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.After;
import org.junit.Before;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;

/**
 * The browse page without a mouse, without colors, in dark mode, and on a small screen. Writes
 * screenshots to target/screenshots; with {@code -Dscreenshots.update=true} also those of the
 * documentation.
 */
public final class BrowseForEveryoneTest {
  // First, so that Solr is not started without a browser.
  @ClassRule(order = 0)
  public static final Chromium CHROMIUM = new Chromium();

  @ClassRule(order = 1)
  public static final FilmsSolr SOLR = new FilmsSolr();

  private static final List<String> DOCUMENTED =
      List.of("browse-light", "browse-grading-blind", "browse-dark", "browse-narrow");
  private static final Path ROOT = Path.of(System.getProperty("project.root"));
  private static final String FOCUSED_HIT =
      "document.activeElement.closest('[data-id]').dataset.id";

  private Tab tab;

  @BeforeClass
  public static void indexFilms() throws Exception {
    new TmdbIndexer(SOLR.target(), 500).index(FilmsSolr.sample(), size -> Progress.NONE);
  }

  @Before
  public void openTab() {
    tab = CHROMIUM.open();
    tab.prefer("prefers-reduced-motion", "reduce");
  }

  @After
  public void hearNoComplaints() {
    tab.close();
    assertEquals(List.of(), tab.complaints());
  }

  private void search(String query) {
    tab.go(SOLR.target().url() + "/tmdb/browse?q=" + query);
    tab.await("document.querySelectorAll('#second .hit').length > 0");
  }

  private void picture(String name) throws IOException {
    Path file = ROOT.resolve("target/screenshots").resolve(name + ".png");
    tab.screenshot(file);
    assertTrue(name + " is empty", Files.size(file) > 10_000);
    if (Boolean.getBoolean("screenshots.update") && DOCUMENTED.contains(name)) {
      Path images = Files.createDirectories(ROOT.resolve("docs/images"));
      Files.copy(file, images.resolve(name + ".png"), StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** The accessibility violations that axe-core finds, as rule and place. */
  private List<String> obstacles() throws IOException {
    try (InputStream axe =
        getClass().getResourceAsStream("/META-INF/resources/webjars/axe-core/4.6.3/axe.min.js")) {
      tab.eval(new String(axe.readAllBytes(), StandardCharsets.UTF_8) + "; true");
    }
    List<String> obstacles = new ArrayList<>();
    JsonNode report = tab.eval("axe.run(document, {resultTypes: ['violations']})");
    assertTrue("axe looked", report.path("passes").size() > 10);
    for (JsonNode violation : report.path("violations")) {
      obstacles.add(violation.path("id").asText() + " at " + violation.at("/nodes/0/html"));
    }
    return obstacles;
  }

  private String background() {
    return tab.eval("getComputedStyle(document.body).backgroundColor").asText();
  }

  @Test
  public void nothingIsInTheWayOfGrading() throws Exception {
    tab.size(1200, 740);
    search("vietnam+war");
    for (String mode : List.of("columns", "blind")) {
      tab.eval(
          "{ const mode = document.querySelector('#judge-mode'); mode.value = '"
              + mode
              + "'; mode.dispatchEvent(new Event('change')); }");
      tab.click((mode.equals("blind") ? "#judge" : "#second") + " .hit [data-grade='1']");
      picture("browse-grading-" + mode);
      assertEquals(List.of(), obstacles());
    }
  }

  @Test
  public void nothingIsInTheWayInTheLight() throws Exception {
    tab.size(1200, 740);
    search("vietnam+war");
    assertEquals(List.of(), obstacles());
    picture("browse-light");
  }

  @Test
  public void nothingIsInTheWayInTheDark() throws Exception {
    tab.size(1200, 740);
    tab.prefer("prefers-color-scheme", "dark");
    search("a+robot+learns+to+feel&blend=ce%2Bscore");
    assertEquals(List.of(), obstacles());
    picture("browse-dark");
  }

  @Test
  public void nothingIsInTheWayOnASmallScreen() throws Exception {
    tab.size(375, 812);
    search("prison+escape");
    assertEquals(List.of(), obstacles());
    assertEquals(
        "no sideways scrolling", 375, tab.eval("document.documentElement.scrollWidth").asInt());
    picture("browse-narrow");
  }

  @Test
  public void nothingIsInTheWayBeforeASearchAndAfterARefusal() throws Exception {
    tab.go(SOLR.target().url() + "/tmdb/browse");
    tab.await("document.querySelectorAll('#examples a').length > 0");
    assertEquals(List.of(), obstacles());
    picture("browse-empty");
    tab.go(SOLR.target().url() + "/tmdb/browse?q=war&blend=ce+%2B");
    tab.await("!document.querySelector('#outcome').hidden");
    assertEquals(List.of(), obstacles());
    picture("browse-refused");
  }

  @Test
  public void oneSideAtATimeWhereThereIsRoomForOne() {
    tab.size(375, 812);
    search("war");
    assertTrue(tab.sees("#second"));
    assertFalse(tab.sees("#first"));
    tab.click("#sides [data-side=first]");
    assertTrue(tab.sees("#first"));
    assertFalse(tab.sees("#second"));
    assertEquals(
        "true",
        tab.eval("document.querySelector('#sides [data-side=first]').ariaPressed").asText());
  }

  @Test
  public void theKeyboardAloneSearchesWalksAndOpens() throws Exception {
    search("prison+escape&reRankDocs=30");
    tab.eval("document.activeElement.blur()");
    tab.press("/");
    assertEquals("q", tab.eval("document.activeElement.id").asText());
    tab.type("vietnam war film");
    tab.press("Enter");
    tab.await("document.querySelector('#second [data-id=\"792\"]')");
    tab.eval("document.querySelector('#first .hit button').focus()");
    tab.press("ArrowDown");
    assertEquals("7446", tab.eval(FOCUSED_HIT).asText());
    tab.press("ArrowRight");
    assertEquals("second", tab.eval("document.activeElement.closest('section').id").asText());
    assertEquals("the same hit", "7446", tab.eval(FOCUSED_HIT).asText());
    assertEquals(
        "and its line", 1, tab.eval("document.querySelectorAll('#moves .linked').length").asInt());
    tab.press("Enter");
    assertTrue(tab.sees("#second [data-id='7446'] .more"));
    picture("browse-open");
    tab.press("ArrowDown");
    assertNotEquals("7446", tab.eval(FOCUSED_HIT).asText());
  }

  @Test
  public void tabReachesTheSkipLinkFirstAndItLeadsToTheResults() {
    search("war");
    tab.press("Tab");
    assertEquals("skip", tab.eval("document.activeElement.className").asText());
    assertTrue(
        "seen with focus",
        tab.eval("document.activeElement.getBoundingClientRect().top >= 0").asBoolean());
    tab.press("Enter");
    tab.await("document.activeElement.id === 'main'");
  }

  @Test
  public void whoCannotSeeHearsWhatHappened() {
    search("prison+escape&reRankDocs=15");
    String status = tab.eval("document.querySelector('#status').textContent").asText();
    assertTrue(
        status, status.matches("\\d+ hits\\. 15 of 15 scored .*\\d of the first 10 moved\\."));
    String heard =
        tab.eval(
                "[...document.querySelectorAll('#second .scores')].map(scores =>"
                    + " scores.textContent).find(text => text.includes('moved up'))")
            .asText();
    assertTrue(heard, heard.matches(".*first pass .*, moved up \\d+, from \\d+ to \\d+"));
  }

  @Test
  public void theThemeIsThatOfTheSystemUntilOneChoosesAndThenStays() {
    search("war");
    String light = background();
    tab.prefer("prefers-color-scheme", "dark");
    String dark = background();
    assertNotEquals(light, dark);
    tab.click("#theme");
    assertEquals(light, background());
    search("war");
    assertEquals("after a reload", light, background());
  }

  @Test
  public void hitsSlideToTheirPlacesButNotForThoseWhoWantNoMotion() {
    search("war");
    tab.eval(
        "window.before = document.querySelector('#second .hits').innerText;"
            + " window.slides = 0; const slide = Element.prototype.animate;"
            + " Element.prototype.animate = function (...how) {"
            + " window.slides++; return slide.apply(this, how); }; 0");
    String before = tab.text("#second .hits");
    tab.eval("document.querySelector('#q').value = 'vietnam war film'");
    tab.click("button[type=submit]");
    tab.await("document.querySelector('#second .hits').innerText !== window.before");
    assertNotEquals(before, tab.text("#second .hits"));
    assertEquals(0, tab.eval("window.slides").asInt());
    tab.prefer("prefers-reduced-motion", "no-preference");
    tab.eval("document.querySelector('#q').value = 'love and war'");
    tab.click("button[type=submit]");
    tab.await("window.slides > 0");
  }
}
