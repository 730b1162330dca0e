// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.fetch;

import io.crossencoder.engine.EngineVersions;
import io.crossencoder.engine.ModelRegistry;
import io.crossencoder.engine.files.ProbePairs;
import io.crossencoder.model.CrossEncoder;
import io.crossencoder.model.Deadline;
import io.crossencoder.model.ModelLoadException;
import io.crossencoder.model.ModelOptions;
import io.crossencoder.tools.common.CommandException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The only class of these commands that uses the engine, so that other commands do not load it. */
final class ProbeCheck {
  private ProbeCheck() {}

  /** The kind of this CPU in the names of int8 files. */
  static String processor() {
    return EngineVersions.current().processor();
  }

  /** A query that every reranker should handle. */
  private static final String QUERY = "vietnam war";

  private static final List<String> PASSAGES =
      List.of(
          "Soldiers remember the Vietnam war, from its beginning to its end in 1975.",
          "The recipe asks for two eggs, a cup of milk and a little salt.");

  /**
   * The scores of a loaded model.
   *
   * @param published result of the reference pairs; empty if there are none
   * @param relevant score of a relevant passage
   * @param irrelevant score of an irrelevant passage
   */
  record Verdict(Optional<ProbePairs.Result> published, float relevant, float irrelevant) {}

  /**
   * Loads an ONNX file and scores the reference pairs of its directory and two more pairs.
   *
   * @throws CommandException if the model cannot be loaded
   */
  static Verdict check(Path directory, String graph) {
    // One thread and no cache for a few pairs that are scored once.
    ModelRegistry.Settings settings = new ModelRegistry.Settings(1, 100, 0);
    ModelOptions options = new ModelOptions(Optional.of(graph), Optional.empty());
    try (ModelRegistry registry = new ModelRegistry(settings);
        CrossEncoder encoder = registry.open(directory, options)) {
      float[] scores = encoder.score(QUERY, PASSAGES, Deadline.NONE).logits();
      return new Verdict(
          ProbePairs.read(directory).flatMap(pairs -> pairs.check(encoder, Deadline.NONE)),
          scores[0],
          scores[1]);
    } catch (ModelLoadException e) {
      throw new CommandException("cannot load the model: " + e.getMessage(), e);
    }
  }
}
