// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.engine;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import io.crossencoder.engine.ModelRegistry.Settings;
import io.crossencoder.engine.TestModels.Reference;
import io.crossencoder.model.CrossEncoder;
import io.crossencoder.model.Deadline;
import io.crossencoder.model.ModelOptions;
import io.crossencoder.model.Passage;
import io.crossencoder.model.PassageScorer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.Test;

/**
 * In any request, each pair has the score that it has alone. With real texts of different lengths.
 *
 * <p>{@code -Dsame.answer=DIRECTORY} tests the int8 files of another model.
 */
public class SameAnswerTest {

  private static final int[] DEPTHS = {1, 2, 3, 7, 20, 60};
  private static final List<String> QUERIES = List.of("vietnam war", "a robot learns to feel", "q");

  /** Difference in fp32: batches of different sizes add in a different order. */
  private static final float FLOAT_NOISE = 2e-5f;

  private static List<String> passages() throws IOException {
    List<String> passages =
        new ArrayList<>(
            TestModels.references().stream().map(Reference::passage).distinct().toList());
    assertTrue("texts: " + passages.size(), passages.size() > 20);
    for (int i = 0; passages.size() < 60; i++) {
      passages.add(passages.get(i) + " " + passages.get(i + 1));
    }
    return passages;
  }

  private static CrossEncoder open(ModelRegistry registry, Path model, String file) {
    return registry.open(model, new ModelOptions(Optional.of(file), Optional.empty()));
  }

  /** Each pair in a separate request. */
  private static float[] alone(CrossEncoder encoder, String query, List<String> passages) {
    float[] logits = new float[passages.size()];
    for (int i = 0; i < logits.length; i++) {
      logits[i] = encoder.score(query, List.of(passages.get(i)), Deadline.NONE).logits()[0];
    }
    return logits;
  }

  private interface Check {
    void that(String how, float[] expected, float[] got);
  }

  private static void inEveryWay(Path model, String file, Check check) throws IOException {
    List<String> passages = passages();
    List<float[]> expected = new ArrayList<>();
    try (ModelRegistry registry = new ModelRegistry(new Settings(1, 10_000, 0))) {
      for (String query : QUERIES) {
        expected.add(alone(open(registry, model, file), query, passages));
      }
    }
    for (int threads : new int[] {1, 2, 4}) {
      for (long cacheBytes : new long[] {0, 1 << 20}) {
        try (ModelRegistry registry = new ModelRegistry(new Settings(threads, 10_000, cacheBytes));
            CrossEncoder encoder = open(registry, model, file)) {
          for (int q = 0; q < QUERIES.size(); q++) {
            for (int depth : DEPTHS) {
              float[] head = Arrays.copyOf(expected.get(q), depth);
              String how = file + ", " + threads + " workers, " + depth + " of '" + QUERIES.get(q);
              for (Deadline deadline : List.of(Deadline.NONE, Deadline.in(Duration.ofHours(1)))) {
                List<String> asked = passages.subList(0, depth);
                check.that(how, head, encoder.score(QUERIES.get(q), asked, deadline).logits());
              }
            }
          }
        }
      }
    }
  }

  private static void toTheBit(Path model, String file) throws IOException {
    inEveryWay(model, file, (how, expected, got) -> assertArrayEquals(how, expected, got, 0));
  }

  @Test
  public void int8ToTheBit() throws IOException {
    toTheBit(TestModels.tiny("bert"), "onnx/model_qint8.onnx");
  }

  @Test
  public void aGraphThatDependsOnTheBatchWithoutSayingSo() throws IOException {
    toTheBit(TestModels.tiny("bert"), "onnx/model_neighbors.onnx");
  }

  @Test
  public void fp32ToTheLastDigitsAndInTheSameOrder() throws IOException {
    inEveryWay(
        TestModels.STARTER,
        "onnx/model.onnx",
        (how, expected, got) -> {
          assertArrayEquals(how, expected, got, FLOAT_NOISE);
          assertSameOrder(how, expected, got);
        });
  }

  /** Except for pairs whose scores differ by at most the noise of both. */
  private static void assertSameOrder(String how, float[] expected, float[] got) {
    for (int i = 0; i < got.length; i++) {
      for (int j = 0; j < got.length; j++) {
        assertTrue(how, expected[i] - expected[j] <= 2 * FLOAT_NOISE || got[i] > got[j]);
      }
    }
  }

  @Test
  public void anotherModelWhereOneIsNamed() throws IOException {
    String directory = System.getProperty("same.answer", "");
    if (!directory.isEmpty()) {
      List<String> files = int8Files(Path.of(directory, "onnx"));
      assertFalse("no int8 files in " + directory, files.isEmpty());
      for (String file : files) {
        toTheBit(Path.of(directory), "onnx/" + file);
      }
    }
  }

  /** For any CPU, such as {@code model_quint8_avx2.onnx}. */
  private static List<String> int8Files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.matches("model.*int8.*[.]onnx"))
          .sorted()
          .toList();
    }
  }

  @Test
  public void whyIsSaid() {
    try (ModelRegistry registry = new ModelRegistry(new Settings(1, 100, 0))) {
      Path bert = TestModels.tiny("bert");
      assertEquals(Optional.empty(), open(registry, bert, "onnx/model.onnx").spec().alone());
      assertEquals(Optional.empty(), open(registry, bert, "onnx/model_fp16.onnx").spec().alone());
      assertEquals(
          "the ONNX model contains DynamicQuantizeLinear",
          open(registry, bert, "onnx/model_qint8.onnx").spec().alone().orElseThrow());
      assertEquals(
          "the ONNX model accepts one pair",
          open(registry, bert, "onnx/model_one_pair.onnx").spec().alone().orElseThrow());
      String measured = open(registry, bert, "onnx/model_neighbors.onnx").spec().alone().get();
      assertTrue(measured, measured.startsWith("in a batch the score of a pair changes by"));
    }
  }

  @Test
  public void windowsToTheBit() throws IOException {
    List<String> texts = passages();
    Random random = new Random(7);
    List<Passage> longOnes =
        IntStream.range(0, 12)
            .mapToObj(
                i -> {
                  List<String> mixed = new ArrayList<>(texts);
                  Collections.shuffle(mixed, random);
                  return new Passage("Film " + i, String.join(" ", mixed.subList(0, 5)));
                })
            .toList();
    try (ModelRegistry registry = new ModelRegistry(new Settings(2, 10_000, 0));
        CrossEncoder encoder = open(registry, TestModels.tiny("bert"), "onnx/model_qint8.onnx")) {
      PassageScorer scorer = new PassageScorer(encoder, "vietnam war", Optional.of(8));
      float[] together = scorer.score(longOnes, Deadline.NONE).logits();
      for (int i = 0; i < together.length; i++) {
        float[] alone = scorer.score(List.of(longOnes.get(i)), Deadline.NONE).logits();
        assertEquals(alone[0], together[i], 0);
      }
    }
  }
}
