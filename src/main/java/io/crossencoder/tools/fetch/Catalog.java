// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.fetch;

import io.crossencoder.tools.fetch.download.Sizes;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** The model descriptors in a directory; the file name is the name of the model. */
record Catalog(Path directory) {

  /** The descriptor of a model; null if there is none. The name is never interpreted as a path. */
  Path file(String name) {
    Path file = isName(name) ? directory.resolve(name + ".json") : null;
    return file != null && Files.isRegularFile(file) ? file : null;
  }

  /** The descriptor of a repository, if there is one. */
  Optional<Path> ofRepository(String repository) throws IOException {
    for (Path file : files()) {
      if (ModelDescriptor.read(file).repository().equals(repository)) {
        return Optional.of(file);
      }
    }
    return Optional.empty();
  }

  /** Whether a directory with this name would be a model for Solr. */
  static boolean isName(String name) {
    return name.matches("\\w[\\w.-]*");
  }

  static String name(Path file) {
    return file.getFileName().toString().replaceFirst("\\.json$", "");
  }

  String describe() throws IOException {
    return "available: " + files().stream().map(Catalog::name).collect(Collectors.joining(", "));
  }

  List<Path> files() throws IOException {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(directory, "*.json")) {
      found.forEach(files::add);
    }
    files.sort(null);
    return files;
  }

  /** A table of the models. */
  List<String> lines() throws IOException {
    List<String> lines = new ArrayList<>();
    String format = "%-38s %9s %9s  %-12s %-11s %s";
    lines.add(format(format, "name", "fp32", "int8", "languages", "license", "pinned"));
    for (Path file : files()) {
      ModelDescriptor descriptor = ModelDescriptor.read(file);
      lines.add(
          format(
              format,
              name(file),
              size(descriptor, false),
              size(descriptor, true),
              String.join(",", descriptor.languages()),
              descriptor.licence(),
              pinned(descriptor)));
      lines.add("  " + descriptor.description());
    }
    return lines;
  }

  private static String format(String format, Object... parts) {
    return String.format(Locale.ROOT, format, parts);
  }

  /** Size of an ONNX file; if there are several int8 files, they have about the same size. */
  private static String size(ModelDescriptor descriptor, boolean int8) {
    List<ModelDescriptor.File> graphs =
        descriptor.files().stream()
            .filter(file -> file.isGraph() && file.isInt8() == int8)
            .toList();
    Long known =
        graphs.stream()
            .map(ModelDescriptor.File::size)
            .filter(Objects::nonNull)
            .findFirst()
            .orElse(null);
    return graphs.isEmpty() ? "-" : Sizes.text(known);
  }

  private static String pinned(ModelDescriptor descriptor) {
    long hashes = descriptor.files().stream().filter(file -> file.sha256() != null).count();
    return (descriptor.isPinned() ? "revision " + descriptor.shortRevision() : "no revision")
        + ", "
        + (hashes == descriptor.files().size()
            ? "all hashes"
            : hashes + " of " + descriptor.files().size() + " hashes");
  }
}
