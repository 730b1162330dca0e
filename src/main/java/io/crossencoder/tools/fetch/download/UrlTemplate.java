// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.fetch.download;

import io.crossencoder.tools.common.CommandException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Where files are fetched from.
 *
 * @param template a URL with the names of its parts in braces
 */
public record UrlTemplate(String template) {

  /** The hub's layout, which mirrors of it have too. */
  public static final String HUB_LAYOUT = "/{repository}/resolve/{revision}/{path}";

  /**
   * What a user means by {@code --from}.
   *
   * @param from a URL with {path} in it; the base of a mirror; a directory or its file: URL
   * @param layout what follows the base of a mirror
   * @param directoryLayout what follows a directory, the first of which exists
   */
  public static UrlTemplate of(String from, String layout, String... directoryLayout) {
    if (from.matches("(?i)https?://.*")) {
      UrlTemplate location =
          new UrlTemplate(from.contains("{path}") ? from : trimmed(from) + layout);
      if (from.matches("(?i)https?://[^/]*@.*")) {
        throw new CommandException("--from must not hold a user or a password");
      }
      return location;
    }
    Path directory = directory(from);
    if (!Files.isDirectory(directory)) {
      throw new CommandException("--from " + from + " is neither an http(s) URL nor a directory");
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
          "--from " + from + " is neither an http(s) URL nor a directory", e);
    }
  }

  /** The file's URL. */
  public URI of(Map<String, String> parts) {
    String url = template;
    for (Map.Entry<String, String> part : parts.entrySet()) {
      url = url.replace("{" + part.getKey() + "}", part.getValue());
    }
    try {
      return URI.create(url);
    } catch (IllegalArgumentException e) {
      throw new CommandException(
          "--from gives no URL: " + url + "; known in braces are " + parts.keySet(), e);
    }
  }

  /** The base of the hub or of a mirror, where one was named. */
  public Optional<String> hub() {
    return template.endsWith(HUB_LAYOUT)
        ? Optional.of(template.substring(0, template.length() - HUB_LAYOUT.length()))
        : Optional.empty();
  }

  /** The directory that the files are in, where one was named. */
  public Optional<Path> directory() {
    return template.startsWith("file:")
        ? Optional.of(Path.of(URI.create(template.replaceFirst("/\\{path}$", "/"))))
        : Optional.empty();
  }

  private static String trimmed(String url) {
    return url.replaceFirst("/+$", "");
  }

  /** For people: what stays the same for every file. */
  @Override
  public String toString() {
    return template.replaceFirst("/\\{.*", "");
  }
}
