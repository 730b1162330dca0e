// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The text of README and {@code docs/}, for tests that compare it with the code. */
public final class Documentation {

  public static final Path ROOT = Path.of(System.getProperty("project.root", "."));

  private static final Pattern FENCE =
      Pattern.compile("^ *```(\\w*)\\n(.*?)^ *```", Pattern.MULTILINE | Pattern.DOTALL);

  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
  private static final Pattern HEADING = Pattern.compile("^#+ (.*)$", Pattern.MULTILINE);

  private Documentation() {}

  /** A line or a block of a page. */
  public record Passage(Path page, String text) {
    @Override
    public String toString() {
      return ROOT.relativize(page) + ": " + text;
    }
  }

  /** The pages in the root directory, in {@code docs/} and of the bundled model. */
  public static List<Path> pages() {
    try (Stream<Path> docs = Files.list(ROOT.resolve("docs"))) {
      return Stream.concat(
              Stream.of(
                      "README.md",
                      "CHANGELOG.md",
                      "CONTRIBUTING.md",
                      "RELEASING.md",
                      "THIRD-PARTY.md",
                      "UPSTREAM.md",
                      "conf/models/tmdb-starter/README.md",
                      "scripts/train/README.md")
                  .map(ROOT::resolve),
              docs.filter(file -> file.toString().endsWith(".md")).sorted())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The Java files of the project, without tests. */
  public static List<Path> sources() {
    return files("src/main/java", ".java");
  }

  /** The scripts for users. */
  public static List<Path> scripts() {
    return files("scripts", ".sh");
  }

  private static List<Path> files(String below, String ending) {
    try (Stream<Path> files = Files.walk(ROOT.resolve(below))) {
      return files.filter(file -> file.toString().endsWith(ending)).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The fenced blocks of all pages in this language; empty: without a language. */
  public static List<Passage> blocks(String language) {
    return pages().stream()
        .flatMap(
            page ->
                FENCE
                    .matcher(read(page))
                    .results()
                    .filter(match -> match.group(1).equals(language))
                    .map(match -> new Passage(page, match.group(2))))
        .toList();
  }

  /**
   * The lines of all blocks with commands or requests: those without a language, or for a shell.
   */
  public static List<Passage> lines() {
    return Stream.of("", "sh", "bash", "console")
        .flatMap(language -> blocks(language).stream())
        .flatMap(
            block ->
                block
                    .text()
                    .replace("\\\n", " ")
                    .lines()
                    .map(line -> new Passage(block.page(), line.strip())))
        .toList();
  }

  /** The text of a page. */
  public static String read(Path page) {
    try {
      return Files.readString(page);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Links of these pages to files or headings that do not exist. */
  public static List<Passage> brokenLinks(List<Path> pages) {
    return pages.stream()
        .flatMap(
            page ->
                LINK.matcher(read(page))
                    .results()
                    .map(match -> match.group(1))
                    .filter(link -> !link.startsWith("http") && !leadsSomewhere(page, link))
                    .map(link -> new Passage(page, link)))
        .toList();
  }

  private static boolean leadsSomewhere(Path page, String link) {
    String[] parts = link.split("#", 2);
    Path target = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]);
    return Files.exists(target)
        && (parts.length == 1
            || HEADING
                .matcher(read(target))
                .results()
                .anyMatch(match -> anchor(match.group(1)).equals(parts[1])));
  }

  /** The anchor that GitHub creates for a heading. */
  private static String anchor(String heading) {
    return heading
        .strip()
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^\\p{L}\\p{N} _-]", "")
        .replace(' ', '-');
  }
}
