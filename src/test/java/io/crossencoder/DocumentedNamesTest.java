// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import io.crossencoder.Documentation.Passage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.BeforeClass;
import org.junit.Test;

/** Files, tests, options, properties and keys in the documentation exist. */
public class DocumentedNamesTest {

  private static final Pattern CODE = Pattern.compile("(?<!`)`([^`\\n]+)`(?!`)");
  private static final Pattern FILE =
      Pattern.compile("(?:\\.ci|conf|docs|scripts|solr-config|src)/[a-z][\\w./-]+");
  private static final Pattern TEST = Pattern.compile("[A-Z][a-z]\\w+(?:Test|IT)");
  private static final Pattern OPTION = Pattern.compile("--[a-z][a-z-]+");
  private static final Pattern PROPERTY = Pattern.compile("(?:-D)?(solr\\.crossencoder\\.\\w+).*");
  private static final Pattern CLASS = Pattern.compile("io\\.crossencoder\\.[\\w.]*[A-Z]\\w+");

  /** Options of command lines of Solr and others. */
  private static final List<String> OTHERS = List.of("--data-urlencode", "--illegal-native-access");

  private static String code;

  @BeforeClass
  public static void read() throws IOException {
    code =
        Stream.of("src", "scripts", ".ci", "solr-config", "conf")
            .flatMap(folder -> files(Documentation.ROOT.resolve(folder)))
            .filter(file -> file.toString().matches(".*(\\.(java|py|sh|xml|js|json)|/[\\w-]+)"))
            .map(Documentation::read)
            .collect(Collectors.joining("\n"));
  }

  private static Stream<Path> files(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> !file.toString().contains("resources/models"))
          .toList()
          .stream();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** Names in backquotes that match the pattern and do not exist. */
  private static List<String> missing(Pattern like, Predicate<String> exists) {
    return Documentation.pages().stream()
        .filter(page -> !page.endsWith("CHANGELOG.md"))
        .flatMap(
            page ->
                CODE.matcher(Documentation.read(page))
                    .results()
                    .map(match -> match.group(1))
                    .filter(text -> like.matcher(text).matches() && !exists.test(text))
                    .map(text -> new Passage(page, text).toString()))
        .toList();
  }

  @Test
  public void filesOfTheProject() {
    assertEquals(List.of(), missing(FILE, name -> Files.exists(Documentation.ROOT.resolve(name))));
  }

  @Test
  public void testsAndClasses() {
    assertEquals(List.of(), missing(TEST, name -> code.contains("class " + name + " ")));
    assertEquals(
        List.of(),
        missing(
            CLASS,
            name ->
                Files.exists(
                    Documentation.ROOT.resolve(
                        "src/main/java/" + name.replace('.', '/') + ".java"))));
  }

  @Test
  public void optionsOfTheCommands() {
    assertEquals(
        List.of(),
        missing(OPTION, name -> OTHERS.contains(name) || isIn("[\"' |(]" + name + "[\"'= |)]")));
  }

  @Test
  public void systemProperties() {
    assertEquals(
        List.of(),
        missing(PROPERTY, name -> code.contains("\"" + PROPERTY.matcher(name).replaceAll("$1"))));
  }

  @Test
  public void keysOfResponses() {
    List<String> keys =
        List.of(
            "versions",
            "models",
            "metrics",
            "failures",
            "selftest",
            "awaitReload",
            "hidesInstalled",
            "tokensPerSecond",
            "batching",
            "fingerprint",
            "firstPassRank",
            "probability");
    for (String key : keys) {
      assertTrue(key, code.contains("\"" + key + "\""));
      assertTrue(
          key,
          Documentation.pages().stream()
              .anyMatch(page -> Documentation.read(page).contains("`" + key + "`")));
    }
  }

  @Test
  public void whatDoesNotExistIsFound() {
    assertEquals(
        List.of("CONTRIBUTING.md: scripts/demo.sh"),
        missing(Pattern.compile("scripts/demo\\.sh"), name -> false).stream().limit(1).toList());
  }

  private static boolean isIn(String pattern) {
    return Pattern.compile(pattern).matcher(code).find();
  }
}
