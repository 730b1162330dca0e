// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.engine;

import io.crossencoder.engine.files.OnnxVariants;
import io.crossencoder.model.ModelLoadException;
import io.crossencoder.model.ModelSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/**
 * A model in memory.
 *
 * @param spec what it is
 * @param since when it was loaded
 * @param loading how long that took
 * @param bytes of the graph's files on disk; in memory it takes about as much, and what its runs
 *     need
 */
public record LoadedModel(ModelSpec spec, Instant since, Duration loading, long bytes) {

  private static final int SHORT_FINGERPRINT = 12;

  /** One that was loaded just now. */
  static LoadedModel now(ModelSpec spec, long loadingNanos) {
    Path graph = spec.onnxFile();
    long bytes =
        size(graph) + OnnxVariants.externalData(graph).stream().mapToLong(LoadedModel::size).sum();
    return new LoadedModel(spec, Instant.now(), Duration.ofNanos(loadingNanos), bytes);
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new ModelLoadException(file, "cannot be read: " + e.getMessage(), e);
    }
  }

  /** {@return the graph's file relative to the model's directory, with slashes on every system} */
  public String file() {
    return spec.directory().relativize(spec.onnxFile()).toString().replace('\\', '/');
  }

  /** Enough of the fingerprint to tell models apart. */
  String shortFingerprint() {
    return spec.fingerprint().substring(0, SHORT_FINGERPRINT);
  }
}
