// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.fetch;

import io.crossencoder.tools.common.CommandException;
import io.crossencoder.tools.fetch.download.Download;
import io.crossencoder.tools.fetch.download.UrlTemplate;
import io.crossencoder.tools.fetch.hub.HubApi;
import io.crossencoder.tools.fetch.hub.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.io.file.PathUtils;

/**
 * A model by nothing but its name on the hub.
 *
 * @param name owner and name
 * @param revision a commit, a tag or a branch
 * @param from a hub with its API, or a directory with the files
 */
record HubModel(String name, String revision, UrlTemplate from, Download download) {

  static boolean isName(String name) {
    return name.matches("[\\w-][\\w.-]*/\\w[\\w.-]*") && !name.endsWith(".json");
  }

  /** What the model's directory is called. */
  static String directoryName(String name) {
    return name.substring(name.indexOf('/') + 1);
  }

  /**
   * Looks at what the repository has, and chooses.
   *
   * @param graph the only graph that is wanted; empty: those whose names say what they are
   * @throws CommandException if it is not to be had, or is not a model with an ONNX graph
   */
  ModelDescriptor describe(Optional<String> graph) throws IOException {
    Path scratch = Files.createTempDirectory("fetch-model");
    try {
      Repository repository = repository(scratch);
      return new RepositoryModel(repository, modules(repository, scratch)).descriptor(graph);
    } finally {
      PathUtils.deleteDirectory(scratch);
    }
  }

  private Repository repository(Path scratch) throws IOException {
    if (from.directory().isPresent()) {
      return HubApi.ofDirectory(name, revision, from.directory().get());
    }
    String base =
        from.hub()
            .orElseThrow(
                () ->
                    new CommandException(
                        "--from "
                            + from.template()
                            + " does not say what "
                            + name
                            + " has: name the base of a hub, a directory, or a descriptor"));
    return new HubApi(download, scratch).read(base, name, revision);
  }

  private List<String> modules(Repository repository, Path scratch) throws IOException {
    Optional<Repository.Entry> found = repository.find("modules.json");
    if (found.isEmpty()) {
      return List.of();
    }
    Repository.Entry entry = found.get();
    Path file = scratch.resolve("modules.json");
    download.fetch(
        new Download.Item(
            entry.path(),
            from.of(
                Map.of(
                    "name", directoryName(name),
                    "repository", name,
                    "revision", repository.revision(),
                    "path", entry.path())),
            entry.size() == null ? -1 : entry.size(),
            Optional.ofNullable(entry.sha256()),
            Optional.ofNullable(entry.gitBlob())),
        file);
    return RepositoryModel.modules(file);
  }
}
