// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/**
 * A model in memory.
 *
 * @param since when it was loaded
 * @param loading how long that took
 * @param bytes of the graph's files on disk; in memory it takes about as much, and what its runs
 *     need
 */
public record LoadedModel(ModelSpec spec, Instant since, Duration loading, long bytes) {

  private static final int SHORT_FINGERPRINT = 12;

  /** One that was loaded just now. */
  static LoadedModel now(ModelSpec spec, long loadingNanos) {
    long bytes = size(spec.onnxFile()) + size(Path.of(spec.onnxFile() + "_data"));
    return new LoadedModel(spec, Instant.now(), Duration.ofNanos(loadingNanos), bytes);
  }

  /** Weights lie in the graph's file or in one beside it; 0 if there is none. */
  private static long size(Path file) {
    try {
      return Files.isRegularFile(file) ? Files.size(file) : 0;
    } catch (IOException e) {
      throw new ModelLoadException(file, "cannot be read: " + e.getMessage(), e);
    }
  }

  /** The graph's file, from the model's directory. */
  public String file() {
    return spec.directory().relativize(spec.onnxFile()).toString().replace('\\', '/');
  }

  /** Enough of the fingerprint to tell models apart. */
  public String shortFingerprint() {
    return spec.fingerprint().substring(0, SHORT_FINGERPRINT);
  }
}
