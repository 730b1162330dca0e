// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.browse;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A file of the browse page in the plugin's JAR. Requests can only select one of these files;
 * request paths are never used as file paths.
 *
 * @param name name of the resource in the directory browse next to this class
 */
record BrowseFile(String name, String contentType) {

  static final BrowseFile PAGE = new BrowseFile("index.html", "text/html; charset=utf-8");

  /** Placeholder in the page for its base path: the last part of the handler's name. */
  private static final String BASE = "%BASE%";

  private static final String STYLE = "text/css; charset=utf-8";
  private static final String SCRIPT = "text/javascript; charset=utf-8";

  private static final Map<String, BrowseFile> BY_PATH =
      Stream.of(
              new BrowseFile("app.js", SCRIPT),
              new BrowseFile("buttons.js", SCRIPT),
              new BrowseFile("details.js", SCRIPT),
              new BrowseFile("dom.js", SCRIPT),
              new BrowseFile("grades.js", SCRIPT),
              new BrowseFile("hits.js", SCRIPT),
              new BrowseFile("judging.js", SCRIPT),
              new BrowseFile("judgments.js", SCRIPT),
              new BrowseFile("marks.js", SCRIPT),
              new BrowseFile("moves.js", SCRIPT),
              new BrowseFile("ndcg.js", SCRIPT),
              new BrowseFile("page.js", SCRIPT),
              new BrowseFile("report.js", SCRIPT),
              new BrowseFile("settings.js", SCRIPT),
              new BrowseFile("solr.js", SCRIPT),
              new BrowseFile("theme.js", SCRIPT),
              new BrowseFile("base.css", STYLE),
              new BrowseFile("page.css", STYLE),
              new BrowseFile("sides.css", STYLE),
              new BrowseFile("hits.css", STYLE),
              new BrowseFile("judging.css", STYLE),
              new BrowseFile("narrow.css", STYLE),
              new BrowseFile("icon.svg", "image/svg+xml"))
          .collect(Collectors.toUnmodifiableMap(file -> "/" + file.name, file -> file));

  /** The file for a path below the page, such as {@code /app.js}. */
  static Optional<BrowseFile> of(String path) {
    return Optional.ofNullable(BY_PATH.get(path));
  }

  /**
   * The content of the file.
   *
   * @param handler name of the handler in {@code solrconfig.xml}
   */
  byte[] read(String handler) throws IOException {
    try (InputStream stream = BrowseFile.class.getResourceAsStream(name)) {
      if (stream == null) {
        throw new IOException("file not found in the plugin's JAR: browse/" + name);
      }
      byte[] bytes = stream.readAllBytes();
      if (!equals(PAGE)) {
        return bytes;
      }
      String base = handler.substring(handler.lastIndexOf('/') + 1);
      return new String(bytes, StandardCharsets.UTF_8)
          .replace(BASE, base)
          .getBytes(StandardCharsets.UTF_8);
    }
  }
}
