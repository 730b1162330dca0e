// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.engine;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotEquals;

import io.crossencoder.engine.TestModels.Reference;
import io.crossencoder.engine.tokens.PairTokenizer;
import io.crossencoder.model.CrossEncoder;
import io.crossencoder.model.Deadline;
import io.crossencoder.model.ModelOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.Test;

/** Modular models of sentence-transformers have the scores of its {@code CrossEncoder.predict}. */
public class ModularModelTest extends RegistryTestCase {

  private static final Path HEADS = TestModels.tiny("modular-heads");
  private static final float TOLERANCE = 2e-5f;

  private float[] scores(Path model, List<Reference> pairs) {
    try (CrossEncoder encoder = registry.open(model, ModelOptions.DEFAULTS)) {
      float[] scores = new float[pairs.size()];
      for (int i = 0; i < scores.length; i++) {
        Reference pair = pairs.get(i);
        scores[i] = encoder.score(pair.query(), List.of(pair.passage()), Deadline.NONE).logits()[0];
      }
      return scores;
    }
  }

  private void assertScores(Path model, List<Reference> pairs) {
    float[] scores = scores(model, pairs);
    for (int i = 0; i < scores.length; i++) {
      assertEquals(model + ": " + pairs.get(i), pairs.get(i).logit(), scores[i], TOLERANCE);
    }
  }

  /** A copy of the tiny Ettin with the modules of a variant. */
  private Path variant(String name) throws IOException {
    Path model = TestModels.copy(TestModels.tiny("ettin-tiny"), folder.newFolder(name).toPath());
    for (String module : List.of("1_Pooling", "2_Dense", "3_LayerNorm", "4_Dense")) {
      try (Stream<Path> files = Files.walk(model.resolve(module))) {
        for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
          Files.delete(file);
        }
      }
    }
    Path head = HEADS.resolve(name);
    try (Stream<Path> files = Files.walk(head)) {
      for (Path file : files.sorted().filter(Files::isRegularFile).toList()) {
        Path target = model.resolve(head.relativize(file).toString());
        Files.createDirectories(target.getParent());
        Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
      }
    }
    return model;
  }

  @Test
  public void clsPoolingAndThreeModulesAsEttinHasThem() throws Exception {
    Path model = TestModels.tiny("ettin-tiny");
    List<Reference> pairs = TestModels.references(model);
    assertEquals(40, pairs.size());
    try (PairTokenizer tokenizer = PairTokenizer.load(model.resolve("tokenizer.json"), 128)) {
      for (Reference pair : pairs) {
        assertArrayEquals(
            pair.query(), pair.ids(), tokenizer.encode(pair.query(), pair.passage()).ids());
      }
    }
    assertScores(model, pairs);
  }

  @Test
  public void otherPoolingsLayersActivationsAndTypesOfWeights() throws Exception {
    for (String name :
        List.of(
            "mean-tanh-sigmoid",
            "max-relu-normalize",
            "two-poolings-silu",
            "residual-weighted",
            "last-token")) {
      Path model = variant(name);
      assertScores(model, TestModels.references(model));
    }
  }

  @Test
  public void namesOfOlderVersions() throws Exception {
    Path model = variant("mean-tanh-sigmoid");
    Path modules = model.resolve("modules.json");
    Files.writeString(
        modules,
        Files.readString(modules)
            .replaceAll(
                "\"sentence_transformers\\.[\\w.]+\\.(\\w+)\"",
                "\"sentence_transformers.models.$1\""));
    Files.writeString(
        model.resolve("1_Pooling/config.json"),
        "{\"word_embedding_dimension\": 32, \"pooling_mode_cls_token\": false,"
            + " \"pooling_mode_mean_tokens\": true, \"pooling_mode_max_tokens\": false,"
            + " \"pooling_mode_mean_sqrt_len_tokens\": false}");
    assertScores(model, TestModels.references(model));
  }

  @Test
  public void aPairHasTheSameScoreInABatchAndAlone() throws Exception {
    Path model = variant("two-poolings-silu");
    List<Reference> pairs = TestModels.references(model);
    List<String> passages = pairs.stream().map(Reference::passage).toList();
    String query = pairs.get(0).query();
    try (CrossEncoder encoder = registry.open(model, ModelOptions.DEFAULTS)) {
      float[] together = encoder.score(query, passages, Deadline.NONE).logits();
      for (int i = 0; i < together.length; i++) {
        float[] alone = encoder.score(query, List.of(passages.get(i)), Deadline.NONE).logits();
        assertEquals(passages.get(i), alone[0], together[i], TOLERANCE);
      }
    }
  }

  @Test
  public void withoutAnActivationTheScoresAreProbabilitiesAsInPython() throws Exception {
    Path model =
        TestModels.copy(TestModels.tiny("ettin-tiny"), folder.newFolder("sigmoid").toPath());
    Files.writeString(
        model.resolve("config_sentence_transformers.json"), "{\"model_type\": \"CrossEncoder\"}");
    Reference pair = TestModels.references(model).get(0);
    double expected = 1 / (1 + Math.exp(-pair.logit()));
    assertEquals(expected, scores(model, List.of(pair))[0], TOLERANCE);
  }

  @Test
  public void theFingerprintCoversTheHead() throws Exception {
    Path model = TestModels.copy(TestModels.tiny("ettin-tiny"), folder.newFolder("a").toPath());
    String before = fingerprint(model);
    Path weights = model.resolve("4_Dense/model.safetensors");
    byte[] bytes = Files.readAllBytes(weights);
    bytes[bytes.length - 3] ^= 1;
    Files.write(weights, bytes);
    assertNotEquals(before, fingerprint(model));
  }

  private String fingerprint(Path model) {
    try (CrossEncoder encoder =
        registry.open(model, new ModelOptions(Optional.empty(), Optional.empty()))) {
      return encoder.spec().fingerprint();
    }
  }
}
