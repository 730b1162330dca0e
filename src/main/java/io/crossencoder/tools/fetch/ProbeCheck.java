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
import java.util.Optional;

/** All that these commands need of the engine, so that no other of them has to load it. */
final class ProbeCheck {
  private ProbeCheck() {}

  /** This machine's kind of CPU, in the words of the int8 graphs' names. */
  static String processor() {
    return EngineVersions.current().processor();
  }

  /**
   * Loads a graph and scores the probe pairs of its directory.
   *
   * @return how the worst pair did; empty if there are no pairs
   * @throws CommandException if the model cannot be loaded
   */
  static Optional<ProbePairs.Result> check(Path directory, String graph) {
    // One thread and no cache: a few pairs, each scored for the first time.
    ModelRegistry.Settings settings = new ModelRegistry.Settings(1, 100, 0);
    ModelOptions options = new ModelOptions(Optional.of(graph), Optional.empty());
    try (ModelRegistry registry = new ModelRegistry(settings);
        CrossEncoder encoder = registry.open(directory, options)) {
      return ProbePairs.read(directory).flatMap(pairs -> pairs.check(encoder, Deadline.NONE));
    } catch (ModelLoadException e) {
      throw new CommandException("the model cannot be loaded: " + e.getMessage(), e);
    }
  }
}
