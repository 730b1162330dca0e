// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.fetch.hub;

import java.util.List;
import java.util.Optional;

/**
 * A repository with a model, at one commit.
 *
 * @param name owner and name
 * @param revision the commit; what the user named where nobody states a commit
 * @param licence as the hub has it; "not stated" if it has none
 * @param languages as ISO 639 codes; empty if the hub has none
 * @param files in the order of the hub
 */
public record Repository(
    String name, String revision, String licence, List<String> languages, List<Entry> files) {

  /** What stands for a licence that nobody stated. */
  static final String NOT_STATED = "license not stated";

  /**
   * A file.
   *
   * @param path relative to the repository
   * @param size in bytes; null if nobody stated it
   * @param sha256 in hex; null if it is not stated
   * @param gitBlob the id that Git gives the contents, in hex; null if it is not stated
   */
  public record Entry(String path, Long size, String sha256, String gitBlob) {}

  /** The file of this path, if there is one. */
  public Optional<Entry> find(String path) {
    return files.stream().filter(file -> file.path().equals(path)).findFirst();
  }
}
