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

/** All that these commands need of the engine, so that no other of them has to load it. */
final class ProbeCheck {
  private ProbeCheck() {}

  /** This machine's kind of CPU, in the words of the int8 graphs' names. */
  static String processor() {
    return EngineVersions.current().processor();
  }

  /** A query that every reranker should answer, whatever it was trained for. */
  private static final String QUERY = "vietnam war";

  private static final List<String> PASSAGES =
      List.of(
          "Soldiers remember the Vietnam war, from its beginning to its end in 1975.",
          "The recipe asks for two eggs, a cup of milk and a little salt.");

  /**
   * What a loaded graph scores.
   *
   * @param published how the worst of the probe pairs did; empty if there are none
   * @param relevant the score of a passage that answers a question
   * @param irrelevant the score of a passage about something else
   */
  record Verdict(Optional<ProbePairs.Result> published, float relevant, float irrelevant) {}

  /**
   * Loads a graph, and scores the probe pairs of its directory and two pairs more.
   *
   * @throws CommandException if the model cannot be loaded
   */
  static Verdict check(Path directory, String graph) {
    // One thread and no cache: a few pairs, each scored for the first time.
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
      throw new CommandException("the model cannot be loaded: " + e.getMessage(), e);
    }
  }
}
