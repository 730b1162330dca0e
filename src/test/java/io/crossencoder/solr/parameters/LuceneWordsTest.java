// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.parameters;

import static org.junit.Assert.assertEquals;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.Test;

/** The words in the syntax of the lucene parser. */
public class LuceneWordsTest {

  private static final Set<String> TEXT_FIELDS = Set.of("title", "overview");

  private static List<LuceneWords.Piece> pieces(String query, boolean defaultIsText) {
    return new LuceneWords(query, defaultIsText, TEXT_FIELDS::contains).pieces();
  }

  private static void assertWords(String expected, String query) {
    assertEquals(
        query,
        expected,
        pieces(query, true).stream()
            .map(piece -> piece.isQuery() ? "<" + piece.text() + ">" : piece.text())
            .collect(Collectors.joining(" ")));
  }

  @Test
  public void wordsAndPhrases() {
    assertWords("vietnam war", "vietnam war");
    assertWords("vietnam war film", "\"vietnam war\" film");
    assertWords("don't panic", "don't panic");
    assertWords("C++ and AC/DC", "C++ and AC/DC");
    assertWords("say \"hello\"", "\"say \\\"hello\\\"\"");
  }

  @Test
  public void operatorsAndNumbersBehindAWordAreNoWords() {
    assertWords("vietnam war", "+vietnam AND war^2.5");
    assertWords("vietnam war", "(vietnam OR war)^=3");
    assertWords("vietnam war", "\"vietnam war\"~3 ");
    assertWords("vietnan", "vietnan~0.8");
    assertWords("viet", "viet*");
    assertWords("AND1 ORder", "AND1 ORder");
  }

  @Test
  public void fieldsOfTextCountAndOthersDoNot() {
    assertWords("vietnam war", "title:vietnam overview:war");
    assertWords("vietnam war", "title:(vietnam war) AND id:603");
    assertWords("platoon", "title:platoon year:[1980 TO 1990] votes:{10 TO *}");
    assertWords("platoon", "title:[\"a ] b\" TO \"c\"} platoon");
    assertWords("", "id:603");
    assertWords("", "*:*");
    assertWords("platoon", "platoon title:/pla.*n/");
    assertEquals("the default field holds no text", List.of(), pieces("603 604", false));
  }

  @Test
  public void whatIsForbiddenOrOnlyAFilterDoesNotCount() {
    assertWords("vietnam", "vietnam -war");
    assertWords("vietnam", "vietnam NOT war");
    assertWords("vietnam", "vietnam -(war title:love)");
    assertWords("vietnam", "vietnam !title:love");
    assertWords("vietnam", "vietnam filter(title:war)");
    assertWords("vietnam film", "vietnam -war film");
  }

  @Test
  public void queriesOfOtherParsersAreLeftToThem() {
    assertWords("<{!edismax v=$qq}>", "+{!edismax v=$qq}");
    assertWords(
        "<{!edismax qf='a b' v='vietnam war'}> film", "{!edismax qf='a b' v='vietnam war'} film");
    assertWords("<{!knn f=vec}[0.1,0.2]> war", "{!knn f=vec}[0.1,0.2] war");
    assertWords("<{!func}log(votes)>", "_query_:\"{!func}log(votes)\"");
    assertWords("war", "war -{!edismax v=$qq}");
  }

  @Test
  public void brokenSyntaxEnds() {
    for (String query :
        List.of(
            "\"",
            "(",
            ")",
            "{!",
            "[",
            "a:",
            ":",
            "\\",
            "a\\",
            "^",
            "~",
            "/",
            "_query_:",
            "+-!",
            "{!a v='")) {
      pieces(query, true);
    }
  }
}
