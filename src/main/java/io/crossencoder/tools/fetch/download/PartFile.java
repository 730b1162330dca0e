// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.fetch.download;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The downloaded part of a file.
 *
 * @param file the downloaded bytes
 * @param validator ETag of the whole file
 */
record PartFile(Path file, Path validator) {

  static PartFile of(Path target) {
    String name = target.getFileName().toString();
    return new PartFile(
        target.resolveSibling(name + ".part"), target.resolveSibling(name + ".part.etag"));
  }

  long size() throws IOException {
    return Files.exists(file) ? Files.size(file) : 0;
  }

  Optional<String> etag() throws IOException {
    return Files.exists(validator) ? Optional.of(Files.readString(validator)) : Optional.empty();
  }

  /** Only a strong ETag guarantees identical bytes. */
  void begin(Optional<String> etag) throws IOException {
    delete();
    Optional<String> strong = etag.filter(value -> value.startsWith("\""));
    if (strong.isPresent()) {
      Files.writeString(validator, strong.get());
    }
  }

  void delete() throws IOException {
    Files.deleteIfExists(file);
    Files.deleteIfExists(validator);
  }
}
