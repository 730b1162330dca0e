// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.fetch.download;

import io.crossencoder.tools.fetch.ModelDescriptor;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/** Numbers of bytes, for people. */
public final class Sizes {
  private Sizes() {}

  /** In decimal units; null is a question mark. */
  public static String text(Long bytes) {
    if (bytes == null) {
      return "?";
    }
    if (bytes < 1_000) {
      return bytes + " B";
    }
    if (bytes < 1_000_000) {
      return String.format(Locale.ROOT, "%.1f kB", bytes / 1e3);
    }
    return bytes < 1_000_000_000
        ? String.format(Locale.ROOT, "%.1f MB", bytes / 1e6)
        : String.format(Locale.ROOT, "%.2f GB", bytes / 1e9);
  }

  /** Of all of them; empty if one is not known. */
  public static Optional<Long> sum(List<ModelDescriptor.File> files) {
    return files.stream().map(ModelDescriptor.File::size).anyMatch(Objects::isNull)
        ? Optional.empty()
        : Optional.of(files.stream().mapToLong(ModelDescriptor.File::size).sum());
  }
}
