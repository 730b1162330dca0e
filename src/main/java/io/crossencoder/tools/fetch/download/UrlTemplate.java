// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.fetch.download;

import io.crossencoder.tools.common.CommandException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The URL pattern of a source.
 *
 * @param template URL with the names of its parts in braces
 */
public record UrlTemplate(String template) {

  /** The layout of the Hub and of its mirrors. */
  public static final String HUB_LAYOUT = "/{repository}/resolve/{revision}/{path}";

  /**
   * Parses the value of {@code --from}.
   *
   * @param from a URL with {path}; the base URL of a mirror; a directory or its file: URL
   * @param layout layout below the base URL of a mirror
   * @param directoryLayout layouts below a directory; the first existing one is used
   */
  public static UrlTemplate of(String from, String layout, String... directoryLayout) {
    if (from.matches("(?i)https?://.*")) {
      UrlTemplate location =
          new UrlTemplate(from.contains("{path}") ? from : trimmed(from) + layout);
      if (from.matches("(?i)https?://[^/]*@.*")) {
        throw new CommandException("--from must not contain a user name or password");
      }
      return location;
    }
    Path directory = directory(from);
    if (!Files.isDirectory(directory)) {
      throw new CommandException(
          "--from " + from + " is neither an http(s) URL nor an existing directory");
    }
    for (String each : directoryLayout) {
      Path candidate = directory.resolve(each);
      if (Files.isDirectory(candidate)) {
        return new UrlTemplate(trimmed(candidate.toUri().toString()) + "/{path}");
      }
    }
    return new UrlTemplate(trimmed(directory.toUri().toString()) + "/{path}");
  }

  private static Path directory(String from) {
    try {
      Path path = from.startsWith("file:") ? Path.of(URI.create(from)) : Path.of(from);
      return path.toAbsolutePath().normalize();
    } catch (IllegalArgumentException e) {
      throw new CommandException(
          "--from " + from + " is neither an http(s) URL nor an existing directory", e);
    }
  }

  /** The URL of a file. */
  public URI of(Map<String, String> parts) {
    String url = template;
    for (Map.Entry<String, String> part : parts.entrySet()) {
      url = url.replace("{" + part.getKey() + "}", part.getValue());
    }
    try {
      return URI.create(url);
    } catch (IllegalArgumentException e) {
      throw new CommandException(
          "--from results in an invalid URL: " + url + "; valid names in braces: " + parts.keySet(),
          e);
    }
  }

  /** The base URL of the Hub or of a mirror, if it is one. */
  public Optional<String> hub() {
    return template.endsWith(HUB_LAYOUT)
        ? Optional.of(template.substring(0, template.length() - HUB_LAYOUT.length()))
        : Optional.empty();
  }

  /** The directory of the files, if it is one. */
  public Optional<Path> directory() {
    return template.startsWith("file:")
        ? Optional.of(Path.of(URI.create(template.replaceFirst("/\\{path}$", "/"))))
        : Optional.empty();
  }

  private static String trimmed(String url) {
    return url.replaceFirst("/+$", "");
  }

  /** The constant part, for output. */
  @Override
  public String toString() {
    return template.replaceFirst("/\\{.*", "");
  }
}
