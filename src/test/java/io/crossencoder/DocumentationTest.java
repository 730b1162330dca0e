// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder;

import static org.junit.Assert.assertEquals;

import io.crossencoder.Documentation.Passage;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** Links lead somewhere, and configuration that is to be copied can be read. */
public class DocumentationTest {

  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
  private static final Pattern HEADING = Pattern.compile("^#+ (.*)$", Pattern.MULTILINE);

  @Test
  public void everyLinkInsideTheProjectLeadsSomewhere() {
    List<String> broken = new ArrayList<>();
    for (Path page : Documentation.pages()) {
      LINK.matcher(Documentation.read(page))
          .results()
          .map(match -> match.group(1))
          .filter(link -> !link.startsWith("http") && !leadsSomewhere(page, link))
          .forEach(link -> broken.add(new Passage(page, link).toString()));
    }
    assertEquals(List.of(), broken);
  }

  private static boolean leadsSomewhere(Path page, String link) {
    String[] parts = link.split("#", 2);
    Path target = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]);
    return Files.exists(target)
        && (parts.length == 1
            || HEADING
                .matcher(Documentation.read(target))
                .results()
                .anyMatch(match -> anchor(match.group(1)).equals(parts[1])));
  }

  /** As GitHub makes one of a heading. */
  private static String anchor(String heading) {
    return heading
        .strip()
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^\\p{L}\\p{N} _-]", "")
        .replace(' ', '-');
  }

  @Test
  public void everyPageIsReachedFromTheReadme() {
    String readme = Documentation.read(Documentation.ROOT.resolve("README.md"));
    List<String> lost =
        Documentation.pages().stream()
            .map(page -> Documentation.ROOT.relativize(page).toString().replace('\\', '/'))
            .filter(page -> !page.equals("README.md") && !readme.contains("(" + page + ")"))
            .toList();
    assertEquals(List.of(), lost);
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
