// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.model;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;

import io.crossencoder.model.TestModels.Reference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.AfterClass;
import org.junit.BeforeClass;
import org.junit.Test;

/** The ids are those of Python's tokenizers, and the logits those of PyTorch. */
public class ReferenceLogitsTest {

  private static ModelRegistry registry;

  @BeforeClass
  public static void start() {
    registry = new ModelRegistry(new ModelRegistry.Settings(2, 1000, 0));
  }

  @AfterClass
  public static void stop() {
    registry.close();
  }

  @Test
  public void starterOverTheBundledFilms() throws Exception {
    assertReference(TestModels.STARTER, ModelOptions.DEFAULTS, TestModels.references(), 1e-4f);
  }

  @Test
  public void starterBeforeItWasOptimised() throws Exception {
    ModelOptions plain = new ModelOptions(Optional.of("onnx/model.onnx"), Optional.empty());
    assertReference(TestModels.STARTER, plain, TestModels.references(), 1e-4f);
  }

  @Test
  public void miniLmOverTmdb() throws Exception {
    Path miniLm = TestModels.miniLm();
    assertReference(miniLm, ModelOptions.DEFAULTS, TestModels.tmdbReferences(miniLm), 1e-4f);
  }

  private static void assertReference(
      Path model, ModelOptions options, List<Reference> references, float tolerance) {
    try (CrossEncoder encoder = registry.open(model, options);
        PairTokenizer tokenizer =
            PairTokenizer.load(model.resolve("tokenizer.json"), encoder.spec().maxLength())) {
      List<String> passages = new ArrayList<>();
      for (Reference pair : references) {
        passages.add(pair.passage());
        assertArrayEquals(
            pair.query() + " / " + pair.passage(),
            pair.ids(),
            tokenizer.encode(pair.query(), pair.passage()).ids());
      }
      for (int i = 0; i < references.size(); i++) {
        // All passages in one call: the batches that a request makes must not change a logit.
        Reference pair = references.get(i);
        Scores scores = encoder.score(pair.query(), passages, Deadline.NONE);
        assertEquals(pair.query(), pair.logit(), scores.logits()[i], tolerance);
      }
    }
  }
}
