// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.release;

import java.io.File;
import java.nio.file.Path;
import java.util.List;

/** Class path and main class of a Solr 9 without the plugin. */
final class ServerCommand {
  private ServerCommand() {}

  static List<String> arguments(Path target) {
    String tools = "solr-crossencoder-" + System.getProperty("project.version") + "-tools.jar";
    return List.of(
        "-cp",
        String.join(
            File.pathSeparator,
            target.resolve(tools).toString(),
            target.resolve("lib/tools") + "/*",
            target.resolve("test-classes").toString()),
        "io.crossencoder.tools.server.AnyPortServer");
  }
}
