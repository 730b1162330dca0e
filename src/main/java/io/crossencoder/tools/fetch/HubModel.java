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
 * A model that is identified only by its name on the Hub.
 *
 * @param name owner and name
 * @param revision commit, tag or branch
 * @param from a Hub with an API, or a directory with the files
 */
record HubModel(String name, String revision, UrlTemplate from, Download download) {

  static boolean isName(String name) {
    return name.matches("[\\w-][\\w.-]*/\\w[\\w.-]*") && !name.endsWith(".json");
  }

  /** Name of the model's directory. */
  static String directoryName(String name) {
    return name.substring(name.indexOf('/') + 1);
  }

  /**
   * Lists the files of the repository and selects the necessary ones.
   *
   * @param graph the only ONNX file to download; empty: the files with standard names
   * @throws CommandException if the repository is not available or contains no ONNX file
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
                            + " does not list what "
                            + name
                            + " contains; specify the URL of a Hub, a directory, or a descriptor"));
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
