// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.fetch;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.crossencoder.tools.common.CommandException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The sources of the files in a model directory: its {@code source.json}.
 *
 * @param revision revision in the descriptor
 * @param files files of this and earlier downloads
 */
record Provenance(String repository, String revision, String licence, List<Item> files) {

  static final String FILE = "source.json";

  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  /**
   * A file.
   *
   * @param pinned whether the descriptor contains its hash; otherwise the hash is from the first
   *     download
   * @param url source; null if the file existed before
   * @param commit commit of the repository, if the Hub stated it
   * @param fetched time in UTC
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Item(
      String path,
      long size,
      String sha256,
      boolean pinned,
      String url,
      String commit,
      String fetched) {}

  static Provenance of(ModelDescriptor descriptor) {
    return new Provenance(
        descriptor.repository(), descriptor.revision(), descriptor.licence(), List.of());
  }

  /** The record in a directory, if there is one. */
  static Optional<Provenance> read(Path directory) throws IOException {
    Path file = directory.resolve(FILE);
    if (Files.notExists(file)) {
      return Optional.empty();
    }
    try {
      Provenance record = MAPPER.readValue(Files.readString(file), Provenance.class);
      if (record.files() == null) {
        throw new CommandException(
            file + " has no files; delete it if you trust the files in this directory");
      }
      return Optional.of(record);
    } catch (JsonProcessingException e) {
      throw new CommandException(
          file
              + ": "
              + CommandException.reason(e)
              + "; delete it if you trust the files in this directory",
          e);
    }
  }

  boolean isOf(ModelDescriptor descriptor) {
    return descriptor.repository().equals(repository) && descriptor.revision().equals(revision);
  }

  Optional<Item> find(String path) {
    return files.stream().filter(item -> item.path().equals(path)).findFirst();
  }

  /** A copy with an item added or replaced. */
  Provenance with(Item item) {
    List<Item> more = new ArrayList<>(files);
    more.removeIf(old -> old.path().equals(item.path()));
    more.add(item);
    return new Provenance(repository, revision, licence, List.copyOf(more));
  }

  /** A copy with only the files of these paths. */
  Provenance only(Set<String> paths) {
    return new Provenance(
        repository,
        revision,
        licence,
        files.stream().filter(item -> paths.contains(item.path())).toList());
  }

  void write(Path directory) throws IOException {
    writeWhole(directory.resolve(FILE), MAPPER.writeValueAsString(this) + "\n");
  }

  /** Writes atomically for concurrent readers. */
  static void writeWhole(Path file, String text) throws IOException {
    Path fresh = file.resolveSibling("." + file.getFileName() + ".new");
    Files.writeString(fresh, text);
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
