// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.fetch.hub;

import java.util.List;
import java.util.Optional;

/**
 * A repository with a model, at one commit.
 *
 * @param name owner and name
 * @param revision commit; the requested revision if no commit is stated
 * @param licence license on the Hub; "not stated" if there is none
 * @param languages ISO 639 codes; empty if there are none
 * @param files in the order of the Hub
 */
public record Repository(
    String name, String revision, String licence, List<String> languages, List<Entry> files) {

  /** Value for a license that is not stated. */
  static final String NOT_STATED = "license not stated";

  /**
   * A file.
   *
   * @param path relative to the repository
   * @param size in bytes; null if not stated
   * @param sha256 in hex; null if not stated
   * @param gitBlob Git hash of the content in hex; null if not stated
   */
  public record Entry(String path, Long size, String sha256, String gitBlob) {}

  /** The file with this path, if there is one. */
  public Optional<Entry> find(String path) {
    return files.stream().filter(file -> file.path().equals(path)).findFirst();
  }
}
