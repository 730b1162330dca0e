// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import io.crossencoder.Documentation.Passage;
import java.io.StringReader;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** Links have targets, and configuration snippets can be parsed. */
public class DocumentationTest {

  @Test
  public void everyLinkInsideTheProjectLeadsSomewhere() {
    assertEquals(List.of(), Documentation.brokenLinks(Documentation.pages()));
  }

  @Test
  public void everyPageIsReachedFromTheReadme() {
    String readme = Documentation.read(Documentation.ROOT.resolve("README.md"));
    List<String> lost =
        Documentation.pages().stream()
            .map(page -> Documentation.ROOT.relativize(page).toString().replace('\\', '/'))
            .filter(page -> page.startsWith("docs/") && !readme.contains("(" + page + ")"))
            .toList();
    assertEquals(List.of(), lost);
  }

  @Test
  public void theReadmeIsShortAndThePagesAreFew() {
    assertTrue(Documentation.read(Documentation.ROOT.resolve("README.md")).lines().count() <= 150);
    long pages =
        Documentation.pages().stream()
            .filter(page -> page.getParent().equals(Documentation.ROOT.resolve("docs")))
            .count();
    assertTrue(pages + " pages", pages <= 17);
  }

  @Test
  public void eachPageBeginsWithItsQuestionAndTheReadmeListsIt() {
    Pattern beginning = Pattern.compile("\\A# .+\\n\\n\\*([^*\\n]+\\?)\\* For \\w.+\\n");
    String readme = Documentation.read(Documentation.ROOT.resolve("README.md"));
    List<String> wrong =
        Documentation.pages().stream()
            .filter(page -> page.getParent().equals(Documentation.ROOT.resolve("docs")))
            .filter(
                page -> {
                  Matcher question = beginning.matcher(Documentation.read(page));
                  String link = "(docs/" + page.getFileName() + ")";
                  return !question.find()
                      || !readme.contains(link + " | " + question.group(1) + " |");
                })
            .map(page -> page.getFileName().toString())
            .toList();
    assertEquals(List.of(), wrong);
  }

  @Test
  public void everyPieceOfXmlCanBeReadAndNamesClassesThatExist() throws Exception {
    for (Passage block : Documentation.blocks("xml")) {
      String whole = "<config>" + block.text().replaceAll("<\\?xml.*?\\?>", "") + "</config>";
      NodeList elements =
          DocumentBuilderFactory.newInstance()
              .newDocumentBuilder()
              .parse(new InputSource(new StringReader(whole)))
              .getElementsByTagName("*");
      for (int i = 0; i < elements.getLength(); i++) {
        String name = ((Element) elements.item(i)).getAttribute("class");
        if (name.startsWith("io.crossencoder.")) {
          Class.forName(name);
        }
      }
    }
  }
}
