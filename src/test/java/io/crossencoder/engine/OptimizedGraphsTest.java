// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.engine;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import io.crossencoder.engine.TestModels.Reference;
import io.crossencoder.model.CrossEncoder;
import io.crossencoder.model.Deadline;
import io.crossencoder.model.ModelOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.Test;

/** The ONNX models of {@code scripts/optimize-model.sh} have the logits of PyTorch. */
public class OptimizedGraphsTest extends RegistryTestCase {

  private static final Path GRAPHS = TestModels.tiny("optimized");

  /** All passages of the reference in one request, so that there are batches with padding. */
  private void assertScores(String name, String graph) throws Exception {
    Path model = TestModels.copy(TestModels.tiny(name), folder.newFolder(graph).toPath());
    Path optimized = model.resolve("onnx/model_optimized.onnx");
    Files.copy(GRAPHS.resolve(graph + ".onnx"), optimized);
    try (CrossEncoder encoder = registry.open(model, ModelOptions.DEFAULTS)) {
      assertEquals(optimized, encoder.spec().onnxFile());
      // Java truncates a query longer than half a pair differently.
      List<Reference> pairs =
          TestModels.references(model).stream()
              .filter(pair -> pair.query().length() < 200)
              .toList();
      List<String> passages = pairs.stream().map(Reference::passage).toList();
      assertTrue("some are long", passages.stream().anyMatch(passage -> passage.length() > 300));
      for (int i = 0; i < pairs.size(); i++) {
        float[] logits = encoder.score(pairs.get(i).query(), passages, Deadline.NONE).logits();
        assertEquals(graph + ": " + passages.get(i), pairs.get(i).logit(), logits[i], 1e-5f);
      }
    }
  }

  @Test
  public void batchesOfBert() throws Exception {
    assertScores("bert", "bert");
  }

  @Test
  public void onePairOfBert() throws Exception {
    assertScores("bert", "bert_one_pair");
  }

  @Test
  public void positionsOfRobertaThatBeginBehindThePadding() throws Exception {
    assertScores("roberta", "roberta");
    assertScores("roberta", "roberta_one_pair");
  }

  @Test
  public void batchesOfModernBertWithLocalLayers() throws Exception {
    assertScores("modernbert", "modernbert");
  }

  @Test
  public void onePairOfModernBertWithBlocksOfLocalLayers() throws Exception {
    assertScores("modernbert", "modernbert_one_pair");
  }

  @Test
  public void theModulesOfAModularModelAreInTheGraph() throws Exception {
    assertScores("ettin-tiny", "ettin-tiny");
    assertScores("ettin-tiny", "ettin-tiny_one_pair");
  }
}
