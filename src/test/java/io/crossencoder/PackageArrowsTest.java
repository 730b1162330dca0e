// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.Test;

/** Who may know whom: what the sources of each package import, and how long they are. */
public class PackageArrowsTest {

  private static final Path SOURCES =
      Path.of(System.getProperty("project.root", "."), "src/main/java/io/crossencoder");
  private static final String LICENCE =
      "// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0";
  private static final int MAX_LINES = 260;
  private static final Pattern IMPORT =
      Pattern.compile("^import (?:static )?([\\w.*]+);", Pattern.MULTILINE);

  /** Beginnings of the names that a package may import. */
  private static final Map<String, List<String>> ALLOWED =
      Map.of(
          "metrics",
          List.of("java.", "org.HdrHistogram."),
          "model",
          List.of("java.", "io.crossencoder.engine.", "org.slf4j."),
          "engine",
          List.of(
              "java.",
              "io.crossencoder.model.",
              "io.crossencoder.metrics.",
              "com.google.gson.",
              "com.github.benmanes.caffeine.",
              "org.slf4j."),
          "lucene",
          List.of("java.", "io.crossencoder.model.", "org.apache.lucene.", "org.slf4j."),
          "solr",
          List.of(
              "java.",
              "javax.management.",
              "io.crossencoder.engine.",
              "io.crossencoder.metrics.",
              "io.crossencoder.model.",
              "io.crossencoder.lucene.",
              "org.apache.lucene.",
              "org.apache.solr.",
              "org.slf4j."),
          "tools",
          List.of(
              "java.",
              "jakarta.servlet.",
              "javax.servlet.",
              "org.apache.solr.",
              "org.eclipse.jetty.",
              "com.fasterxml.jackson.",
              "org.apache.commons.compress.",
              "org.apache.commons.csv.",
              "org.apache.commons.io.",
              "org.jline.utils.",
              "org.noggit.",
              "me.tongfei.progressbar.",
              "picocli.",
              "org.slf4j."));

  /**
   * What few may know: native libraries, what only one of Solr 9 and 10 has, and of the tools the
   * engine.
   */
  private static final Map<String, List<String>> ALLOWED_HERE =
      Map.ofEntries(
          Map.entry("engine/onnx/OnnxModel.java", List.of("ai.onnxruntime.")),
          Map.entry("engine/onnx/OnnxSessions.java", List.of("ai.onnxruntime.")),
          Map.entry("engine/onnx/OnnxSignature.java", List.of("ai.onnxruntime.")),
          Map.entry("engine/tokens/PairTokenizer.java", List.of("ai.djl.")),
          // Half precision to floats, in plain Java.
          Map.entry(
              "engine/modules/Safetensors.java",
              List.of("ai.onnxruntime.platform.Fp16Conversions")),
          Map.entry("solr/metrics/SolrNineMetrics.java", List.of("com.codahale.metrics.")),
          Map.entry("solr/metrics/SolrTenMetrics.java", List.of("io.opentelemetry.api.")),
          // A model is scored before Solr sees it; everything else here runs without the engine.
          Map.entry(
              "tools/fetch/ProbeCheck.java",
              List.of("io.crossencoder.model.", "io.crossencoder.engine.")),
          Map.entry(
              "tools/fetch/ModelFetch.java", List.of("io.crossencoder.engine.files.ProbePairs")),
          Map.entry(
              "tools/fetch/ModelDirectory.java",
              List.of("io.crossencoder.engine.files.ProbePairs")),
          Map.entry(
              "tools/fetch/ModelDescriptor.java",
              List.of("io.crossencoder.engine.files.ProbePairs")));

  private static List<Path> sources() throws IOException {
    try (Stream<Path> files = Files.walk(SOURCES)) {
      return files.filter(file -> file.toString().endsWith(".java")).sorted().toList();
    }
  }

  private static boolean mayImport(Path file, String name) {
    String path = SOURCES.relativize(file).toString().replace('\\', '/');
    String ownPackage = path.substring(0, path.indexOf('/'));
    return Stream.of(
            ALLOWED.getOrDefault(ownPackage, List.of()),
            ALLOWED_HERE.getOrDefault(path, List.of()),
            List.of("io.crossencoder." + ownPackage + "."))
        .flatMap(List::stream)
        .anyMatch(name::startsWith);
  }

  @Test
  public void noPackageImportsWhatItMustNotKnow() throws IOException {
    assertTrue("sources at " + SOURCES, sources().size() > 30);
    List<String> forbidden =
        sources().stream()
            .flatMap(
                file ->
                    IMPORT
                        .matcher(read(file))
                        .results()
                        .map(match -> match.group(1))
                        .filter(name -> !mayImport(file, name))
                        .map(name -> SOURCES.relativize(file) + " imports " + name))
            .toList();
    assertEquals(List.of(), forbidden);
  }

  @Test
  public void noPackageNamesInFullWhatItMustNotKnow() throws IOException {
    Pattern named =
        Pattern.compile("(?<![\\w.])(?:io\\.crossencoder|ai\\.\\w+|org\\.apache)\\.[\\w.]+");
    List<String> forbidden =
        sources().stream()
            .flatMap(
                file ->
                    named
                        .matcher(withoutCommentsTextsAndHead(read(file)))
                        .results()
                        .map(match -> match.group())
                        .filter(name -> !mayImport(file, name))
                        .map(name -> SOURCES.relativize(file) + " names " + name))
            .toList();
    assertEquals(List.of(), forbidden);
  }

  private static String withoutCommentsTextsAndHead(String source) {
    return source
        .replaceAll("(?s)/\\*.*?\\*/", "")
        .replaceAll("\"(?:[^\"\\\\]|\\\\.)*\"", "")
        .replaceAll("(?m)//.*$", "")
        .replaceAll("(?m)^(package|import) .*$", "");
  }

  @Test
  public void noSourceIsLongerThanOneCanKeepInMind() throws IOException {
    List<String> tooLong =
        sources().stream()
            .filter(file -> read(file).lines().count() > MAX_LINES)
            .map(file -> SOURCES.relativize(file) + " has " + read(file).lines().count())
            .toList();
    assertEquals(List.of(), tooLong);
  }

  @Test
  public void everySourceBeginsWithItsLicence() throws IOException {
    List<Path> without =
        sources().stream().filter(file -> !read(file).startsWith(LICENCE + "\n")).toList();
    assertEquals(List.of(), without);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
