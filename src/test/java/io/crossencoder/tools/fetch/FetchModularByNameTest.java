// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.fetch;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import io.crossencoder.engine.ModelRegistry;
import io.crossencoder.engine.TestModels;
import io.crossencoder.model.CrossEncoder;
import io.crossencoder.model.Deadline;
import io.crossencoder.model.ModelOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.commons.io.file.PathUtils;
import org.junit.Before;
import org.junit.Test;

/** A modular model, by its name on the Hub. */
public final class FetchModularByNameTest extends FetchByNameTestCase {

  @Before
  public void publishModular() throws IOException {
    PathUtils.deleteDirectory(published);
    PathUtils.copyDirectory(TestModels.tiny("ettin-tiny"), published);
    Files.write(published.resolve("model.safetensors"), new byte[100]);
  }

  @Test
  public void theHeadComesWithTheGraphAndScoresAsSentenceTransformers() throws IOException {
    serve();
    assertFetched(
        "1_Pooling/config.json",
        "2_Dense/config.json",
        "2_Dense/model.safetensors",
        "3_LayerNorm/config.json",
        "3_LayerNorm/model.safetensors",
        "4_Dense/config.json",
        "4_Dense/model.safetensors",
        "config.json",
        "config_sentence_transformers.json",
        "modules.json",
        "onnx/model.onnx",
        "sentence_bert_config.json",
        "source.json",
        "tokenizer.json",
        "tokenizer_config.json");
    assertTrue(
        out, out.contains("Of 14 files, compared with the published hashes: 4 by SHA-256, 10"));
    TestModels.Reference pair = TestModels.references(published).get(0);
    ModelOptions options = new ModelOptions(Optional.empty(), Optional.empty());
    try (ModelRegistry registry = new ModelRegistry(new ModelRegistry.Settings(1, 100, 0));
        CrossEncoder encoder = registry.open(model, options)) {
      float[] logits = encoder.score(pair.query(), List.of(pair.passage()), Deadline.NONE).logits();
      assertEquals(pair.logit(), logits[0], 2e-5);
    }
  }

  @Test
  public void aHeadWithoutItsWeightsIsNotInstalled() throws IOException {
    Files.delete(published.resolve("2_Dense/model.safetensors"));
    serve();
    assertFails("2_Dense/model.safetensors");
  }

  @Test
  public void aHeadWithoutItsSettingsIsNotInstalled() throws IOException {
    Files.delete(published.resolve("config_sentence_transformers.json"));
    serve();
    assertFails("config_sentence_transformers.json");
  }

  @Test
  public void modulesThatAreNoListAreNamed() throws IOException {
    Files.writeString(published.resolve("modules.json"), "[{\"path\": ");
    serve();
    assertFails("modules.json: ");
  }

  @Test
  public void aChangedHeadIsNoticedAndLeftAlone() throws IOException {
    serve();
    assertEquals(err, 0, fetch(NAME));
    Path weights = model.resolve("4_Dense/model.safetensors");
    byte[] changed = Files.readAllBytes(weights);
    changed[changed.length - 1] ^= 1;
    Files.write(weights, changed);
    assertEquals(1, fetch(NAME));
    assertTrue(err, err.contains(weights + " differs from the file that is pinned"));
  }
}
