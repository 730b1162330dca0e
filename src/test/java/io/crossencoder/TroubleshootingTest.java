// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.Test;

/**
 * The messages that {@code docs/troubleshooting.md} quotes exist. Quotes are the code in the first
 * column of its tables of messages; an ellipsis stands for variable text.
 */
public class TroubleshootingTest {

  private static final Path PAGE = Documentation.ROOT.resolve("docs/troubleshooting.md");

  /** Messages of Solr, by the class that contains them. */
  private static final List<String> SOLR_CLASSES =
      List.of(
          "core/SolrResourceLoader",
          "handler/component/QueryComponent",
          "core/SolrPaths",
          "search/QParser",
          "search/FunctionQParser");

  /** Messages of the JVM and of native code, whose sources are not available. */
  private static final Set<String> OF_THE_JVM_AND_NATIVE_CODE =
      Set.of(
          "access denied (\"java.io.FilePermission\" \"…\" \"read\")",
          "A command line option has attempted to allow or enable the Security Manager",
          "OrtException: …");

  private static final Pattern TABLE =
      Pattern.compile("(?m)^\\| message \\|.*\\n.*\\n((?:\\|.*\\n)+)");
  private static final Pattern FIRST_CELL = Pattern.compile("(?m)^\\| (.*?) \\| ");
  private static final Pattern CODE = Pattern.compile("`([^`]+)`");

  /** Prefixes of messages: of HTTP 400, and of the error in the response section. */
  private static final Pattern BEGINNING = Pattern.compile("^(?:(\\w+)='…'|(\\w+Exception)): ");

  private static final List<String> SOURCES =
      Stream.concat(
              Documentation.sources().stream()
                  .map(Documentation::read)
                  .map(TroubleshootingTest::java),
              Documentation.scripts().stream().map(Documentation::read))
          .toList();

  /** The source without comments, with concatenated strings joined. */
  private static String java(String source) {
    return source
        .replaceAll("(?m)^\\s*(//|/?\\*).*$", "")
        .replaceAll("(?<!\\\\)\"\\s*\\+\\s*\"", "")
        .replace("\\\"", "\"");
  }

  private static Set<String> quoted() {
    return TABLE
        .matcher(Documentation.read(PAGE))
        .results()
        .flatMap(table -> FIRST_CELL.matcher(table.group(1)).results())
        .flatMap(cell -> CODE.matcher(cell.group(1)).results())
        .map(code -> code.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  public void everyQuotedMessageIsSaidSomewhere() {
    assertEquals(
        List.of(),
        quoted().stream().filter(message -> !isOurs(message) && !isOfOthers(message)).toList());
  }

  @Test
  public void whatIsNotLookedUpIsQuoted() {
    assertTrue(quoted().containsAll(OF_THE_JVM_AND_NATIVE_CODE));
  }

  @Test
  public void aMessageThatNobodySaysIsFound() {
    assertTrue(isOurs("model '…' not found; …"));
    assertFalse(isOurs("model '…' not there; …"));
    assertFalse(isOurs("not found; … model '…'"));
    assertFalse(isOfOthers("Error loading the class '…'"));
  }

  private static boolean isOfOthers(String message) {
    return OF_THE_JVM_AND_NATIVE_CODE.contains(message)
        || SOLR_CLASSES.stream()
            .anyMatch(each -> pattern(message, ".{1,3}?").matcher(constants(each)).find());
  }

  private static boolean isOurs(String message) {
    String rest = message;
    for (MatchResult beginning : BEGINNING.matcher(message).results().toList()) {
      String word =
          beginning.group(1) == null ? beginning.group(2) : "\"" + beginning.group(1) + "\"";
      if (SOURCES.stream().noneMatch(source -> source.contains(word))) {
        return false;
      }
      rest = message.substring(beginning.end());
    }
    if (rest.replace("…", "").isBlank()) {
      return false;
    }
    // Within one statement.
    Pattern pattern = pattern(rest, "(?:(?!;\\n).){0,600}?");
    return SOURCES.stream().anyMatch(source -> pattern.matcher(source).find());
  }

  private static Pattern pattern(String message, String gap) {
    return Pattern.compile(
        Arrays.stream(message.split("…"))
            .filter(piece -> !piece.isBlank())
            .map(Pattern::quote)
            .collect(Collectors.joining(gap)),
        Pattern.DOTALL);
  }

  private static String constants(String solrClass) {
    try (InputStream in =
        TroubleshootingTest.class.getResourceAsStream("/org/apache/solr/" + solrClass + ".class")) {
      return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
