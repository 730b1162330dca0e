// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.release;

import java.nio.file.Path;
import java.util.List;

/** Class path and main class of a Solr 10 without the plugin. */
final class ServerCommand {
  private ServerCommand() {}

  static List<String> arguments(Path target) {
    return List.of(
        "--enable-native-access=ALL-UNNAMED",
        "-cp",
        System.getProperty("solr.class.path"),
        "io.crossencoder.release.AnyPortSolrTen");
  }
}
