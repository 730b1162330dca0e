// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** Grading on the browse page: the grades are stored in the browser and exported as a file. */
public final class BrowseGradingTest extends BrowsePageTestCase {
  private static final String PLATOON = "[data-id='792']";
  private static final String POOL =
      """
      query,docid,rating,qid,title,passage
      campy,11,,73,Star Wars,"A farm boy, and ""droids"".

      Two lines."
      campy,28,,73,Apocalypse Now,A river.
      vietnam war,792,,105,Platoon,A jungle.
      """;

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private void mode(String mode) {
    tab.eval(
        "{ const mode = document.querySelector('#judge-mode'); mode.value = '"
            + mode
            + "'; mode.dispatchEvent(new Event('change')); }");
  }

  private void importing(String content) throws Exception {
    Path file = folder.newFile().toPath();
    Files.writeString(file, content);
    tab.choose("#judge-import", file);
    tab.await("document.querySelector('#judge-said').innerText !== ''");
  }

  private String pressed(String card) {
    return String.join(",", tab.texts(card + " [aria-pressed=true][data-grade]"));
  }

  private String exported() {
    // The content behind the clicked link, read before the browser saves it.
    tab.eval(
        "URL.createObjectURL = (blob) => { blob.text().then((text) => { window.saved = text; });"
            + " return 'javascript:void 0'; }");
    tab.eval("HTMLAnchorElement.prototype.click = () => {}");
    tab.click("#judge-export");
    tab.await("window.saved !== undefined");
    return tab.eval("window.saved").asText();
  }

  @Test
  public void nobodySeesAGradeButtonWhoDoesNotGrade() {
    search("?q=vietnam+war");
    assertFalse(tab.sees("#second .judge button"));
    assertFalse(tab.sees("#judge-export"));
    mode("columns");
    assertTrue(tab.sees("#second .judge button"));
  }

  @Test
  public void aKeyOnAHitGradesItInBothColumnsAndTheGainFollows() {
    search("?q=prison+escape");
    mode("columns");
    String id =
        tab.eval(
                "[...document.querySelectorAll('#second .hit')].map(h => h.dataset.id)"
                    + ".find(id => document.querySelector(`#first [data-id='${id}']`))")
            .asText();
    String gain = tab.text("#second .ndcg");
    tab.eval("document.querySelector(\"#second [data-id='" + id + "'] h3 button\").focus()");
    tab.press("3");
    assertEquals("3", pressed("#second [data-id='" + id + "']"));
    assertEquals("3", pressed("#first [data-id='" + id + "']"));
    assertEquals("grade 3", tab.text("#first [data-id='" + id + "'] .grade"));
    assertNotEquals(gain, tab.text("#second .ndcg"));
    assertTrue(tab.text("#judge-progress"), tab.text("#judge-progress").contains("1 graded"));
  }

  @Test
  public void aClickGradesAndASecondOneTakesItBack() {
    search("?q=space");
    mode("columns");
    tab.click("#second .hit [data-grade='2']");
    assertEquals("2", pressed("#second .hit"));
    tab.click("#second .hit [data-grade='2']");
    assertEquals("", pressed("#second .hit"));
    assertEquals("", tab.text("#second .ndcg"));
  }

  @Test
  public void gradesAreThereAfterThePageWasLeft() {
    search("?q=space");
    mode("columns");
    String id = tab.eval("document.querySelector('#second .hit').dataset.id").asText();
    tab.click("#second .hit [data-grade='1']");
    search("?q=SPACE");
    assertEquals("1", pressed("#second [data-id='" + id + "']"));
  }

  @Test
  public void blindHasTheHitsOfBothColumnsInAnOrderThatSaysNothingAndNoScores() {
    search("?q=vietnam+war");
    Set<String> both = new TreeSet<>(tab.texts(FIRST));
    both.addAll(tab.texts(SECOND));
    List<String> reranked = tab.texts(SECOND);
    mode("blind");
    List<String> blind = tab.texts("#judge h3");
    assertEquals(both, new TreeSet<>(blind));
    assertEquals(both.size(), blind.size());
    assertNotEquals(reranked, blind.subList(0, reranked.size()));
    assertFalse(tab.sees("#second h3"));
    assertFalse(tab.sees("#judge .scores"));
    assertFalse(tab.sees("#judge .rank"));
    assertEquals("no grade that is known already", "", pressed("#judge " + PLATOON));
    tab.click("#judge .hit h3 button");
    assertFalse(tab.text("#judge .hit .more").contains("score"));
  }

  @Test
  public void aPoolFileIsWalkedQueryByQuery() throws Exception {
    go("");
    importing(POOL);
    assertEquals("campy", tab.text("#judge h2"));
    assertEquals(Set.of("Star Wars", "Apocalypse Now"), Set.copyOf(tab.texts("#judge h3")));
    assertTrue(tab.text("#judge [data-id='11'] .text").contains("\"droids\""));
    tab.click("#judge [data-id='11'] [data-grade='2']");
    assertTrue(tab.text("#judge-progress").contains("1 of 2 here · 1 of 3 of the pool"));
    tab.click("#judge-next");
    assertEquals("vietnam war", tab.text("#judge h2"));
    tab.press("1");
    assertEquals("1", pressed("#judge " + PLATOON));
    assertEquals("query,docid,rating,qid\ncampy,11,2,73\nvietnam war,792,1,105\n", exported());
  }

  @Test
  public void aFileOfJudgmentsComesIn() throws Exception {
    search("?q=space");
    mode("columns");
    String id = tab.eval("document.querySelector('#second .hit').dataset.id").asText();
    importing("# qid:7: space*1\n\n3\tqid:7\t # " + id + "\tspace\n");
    assertEquals("3", pressed("#second [data-id='" + id + "']"));
    assertEquals("query,docid,rating,qid\nspace," + id + ",3,7\n", exported());
  }

  @Test
  public void aFileThatIsNoneIsRefusedWithTheReason() throws Exception {
    go("");
    mode("columns");
    importing("title,year\nPlatoon,1986\n");
    assertTrue(
        tab.text("#judge-said"),
        tab.text("#judge-said").contains("the first line has no column query"));
  }
}
