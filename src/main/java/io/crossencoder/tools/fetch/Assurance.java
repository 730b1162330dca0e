// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.fetch;

import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;

/** How a file was verified, the strongest way first. */
enum Assurance {
  SHA256("SHA-256"),
  GIT_BLOB("Git hash"),
  FIRST_FETCH("the SHA-256 of the first download"),
  SIZE("size"),
  NOTHING("nothing");

  private final String label;

  Assurance(String label) {
    this.label = label;
  }

  /**
   * The verification of a file that exists.
   *
   * @param stated whether the server stated its SHA-256
   * @param seen whether an earlier download recorded its SHA-256
   */
  static Assurance of(ModelDescriptor.File file, boolean stated, boolean seen) {
    if (file.sha256() != null || stated) {
      return SHA256;
    }
    if (file.gitBlob() != null) {
      return GIT_BLOB;
    }
    if (seen) {
      return FIRST_FETCH;
    }
    return file.size() != null ? SIZE : NOTHING;
  }

  /** One line about all files of a model. */
  static String summary(Collection<Assurance> files) {
    Map<Assurance, Long> counts = new EnumMap<>(Assurance.class);
    files.forEach(file -> counts.merge(file, 1L, Long::sum));
    String compared =
        counts.entrySet().stream()
            .filter(count -> count.getKey() != NOTHING)
            .map(count -> count.getValue() + " by " + count.getKey().label)
            .collect(Collectors.joining(", "));
    return "Of "
        + files.size()
        + " files, compared with the published hashes: "
        + (compared.isEmpty() ? "none" : compared);
  }

  /** Description for users. */
  String verdict(ModelDescriptor descriptor, ModelDescriptor.File file, String sha256) {
    return switch (this) {
      case SHA256 ->
          "sha256 as "
              + (file.sha256() != null && !descriptor.isOfHub() ? "pinned" : "stated by the Hub");
      case GIT_BLOB -> "Git hash as stated by the Hub";
      case FIRST_FETCH -> "sha256 as in the first download";
      case SIZE, NOTHING ->
          "nothing to compare with; sha256 recorded: " + sha256.substring(0, 12) + "…";
    };
  }
}
