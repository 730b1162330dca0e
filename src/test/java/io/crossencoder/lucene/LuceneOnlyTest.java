// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.lucene;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import io.crossencoder.engine.ModelRegistry;
import io.crossencoder.engine.TestModels;
import io.crossencoder.model.CrossEncoder;
import io.crossencoder.model.Deadline;
import io.crossencoder.model.ModelOptions;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** The rescorer works in a JVM without Solr. */
public class LuceneOnlyTest {

  /** The required libraries. */
  private static final Pattern NEEDED =
      Pattern.compile(
          "(lucene-(core|expressions)|antlr4-runtime|asm(-[a-z]+)?|onnxruntime|tokenizers"
              + "|api|gson|HdrHistogram|caffeine|slf4j-api)-[0-9.]+\\.jar"
              // The project's own classes, if they are in a JAR.
              + "|solr-crossencoder-[^/]*\\.jar");

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  static String classPath() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(
            entry ->
                Files.isDirectory(Path.of(entry))
                    || NEEDED.matcher(Path.of(entry).getFileName().toString()).matches())
        .collect(Collectors.joining(File.pathSeparator));
  }

  private List<String> run() throws Exception {
    Path output = folder.getRoot().toPath().resolve("output.txt");
    Path films = TestModels.STARTER.resolve("../../sample/tmdb.json");
    Path log = folder.newFile().toPath();
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                classPath(),
                "-Djava.io.tmpdir=" + folder.newFolder(),
                LuceneOnly.class.getName(),
                TestModels.STARTER.toString(),
                films.toString(),
                output.toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    int exit = process.waitFor();
    assertEquals(Files.readString(log), 0, exit);
    return Files.readAllLines(output);
  }

  @Test
  public void itsClassPathHasNoSolr() {
    List<String> jars =
        Arrays.stream(classPath().split(File.pathSeparator))
            .map(entry -> Path.of(entry).getFileName().toString())
            .filter(name -> name.endsWith(".jar"))
            .toList();
    assertTrue(
        jars.toString(), jars.stream().noneMatch(jar -> jar.matches("solr-(?!crossencoder).*")));
    assertTrue(jars.toString(), jars.size() >= 10);
  }

  @Test
  public void theFilmsComeInTheOrderOfTheModel() throws Exception {
    List<String> lines = run();
    assertEquals(10, lines.size());
    try (ModelRegistry registry = new ModelRegistry(ModelRegistry.Settings.defaults());
        CrossEncoder model = registry.open(TestModels.STARTER, ModelOptions.DEFAULTS)) {
      float last = Float.POSITIVE_INFINITY;
      for (String line : lines) {
        String[] parts = line.split("\t", 3);
        float score = Float.parseFloat(parts[0]);
        String passage = parts[1] + "\n\n" + parts[2];
        float logit = model.score("vietnam war", List.of(passage), Deadline.NONE).logits()[0];
        assertEquals(passage, logit, score, 1e-4f);
        assertTrue(score <= last);
        last = score;
      }
    }
  }
}
