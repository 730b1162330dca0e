// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.fetch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.crossencoder.engine.files.ProbePairs;
import io.crossencoder.tools.common.CommandException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The files of a model and their sources: a JSON file in {@code conf/models} with the name of the
 * model.
 *
 * @param description one line
 * @param repository owner and name on the Hub
 * @param revision commit, or a branch if it is not pinned
 * @param languages ISO 639 codes, or "multilingual"
 * @param files files in the model directory
 * @param probe content of {@code probe.json}; null if there are no reference scores
 * @param sources pages with the sizes, hashes and scores
 */
public record ModelDescriptor(
    String description,
    String repository,
    String revision,
    String licence,
    List<String> languages,
    List<File> files,
    JsonNode probe,
    List<String> sources) {

  /** The ONNX file with the published scores; int8 files have the name of a CPU instead. */
  static final String FP32 = "fp32";

  /** An int8 file for all CPUs. */
  static final String INT8 = "int8";

  private static final Set<String> VARIANTS = Set.of(FP32, INT8, "avx512_vnni", "avx2", "arm64");
  private static final String REPOSITORY = "[\\w-][\\w.-]*/[\\w-][\\w.-]*";
  private static final JsonMapper MAPPER = new JsonMapper();

  /**
   * A file.
   *
   * @param path relative to the repository and to the model directory
   * @param variant of an ONNX file: fp32, int8, avx512_vnni, avx2, arm64; null: required for all
   *     variants
   * @param size in bytes; null if unknown
   * @param sha256 in hex; null if unknown
   * @param gitBlob Git hash of the content in hex; null if unknown
   * @param from another repository with the file and its revision, such as {@code
   *     owner/name@commit}; null: the model's own repository
   */
  public record File(
      String path, String variant, Long size, String sha256, String gitBlob, String from) {

    boolean isGraph() {
      return path.endsWith(".onnx");
    }

    /** The repository with the file. */
    String repository(ModelDescriptor descriptor) {
      return from == null ? descriptor.repository : from.substring(0, from.indexOf('@'));
    }

    /** The revision of that repository. */
    String revision(ModelDescriptor descriptor) {
      return from == null ? descriptor.revision : from.substring(from.indexOf('@') + 1);
    }

    /** Whether the file belongs to an int8 model. */
    boolean isInt8() {
      return variant != null && !variant.equals(FP32);
    }
  }

  /**
   * Reads and checks a descriptor, so that its paths cannot leave the model directory.
   *
   * @throws CommandException with the file and the problem
   */
  static ModelDescriptor read(Path file) throws IOException {
    try {
      return MAPPER.readValue(Files.readString(file), ModelDescriptor.class).checked(file);
    } catch (JsonProcessingException e) {
      throw new CommandException(file + ": " + CommandException.reason(e), e);
    }
  }

  /** Total size in bytes; empty if a size is unknown. */
  static Optional<Long> size(List<File> files) {
    return files.stream().map(File::size).anyMatch(Objects::isNull)
        ? Optional.empty()
        : Optional.of(files.stream().mapToLong(File::size).sum());
  }

  /** Whether it was created from the API of the Hub instead of a file. */
  boolean isOfHub() {
    return sources.equals(List.of(RepositoryModel.SOURCE));
  }

  /** The available variants, for output. */
  String variants() {
    return files.stream()
        .map(File::variant)
        .filter(Objects::nonNull)
        .distinct()
        .collect(Collectors.joining(", "));
  }

  /** The revision; shortened if it is a commit. */
  String shortRevision() {
    return isPinned() ? revision.substring(0, 8) : revision;
  }

  /** Whether the revision is a commit. */
  boolean isPinned() {
    return revision.matches("[0-9a-f]{40}");
  }

  /**
   * Checks this descriptor.
   *
   * @param file its file or repository, for messages
   * @throws CommandException if a value is missing or invalid
   */
  ModelDescriptor checked(Object file) {
    require(file, repository, "repository", REPOSITORY);
    require(file, revision, "revision", "[\\w-][\\w.-]*");
    if (licence == null || languages == null || files == null || description == null) {
      throw new CommandException(file + ": description, licence, languages and files are required");
    }
    Set<String> paths = new HashSet<>();
    for (File each : files) {
      // No leading dot: it would hide the file, and ".." would leave the directory.
      require(file, each.path, "a file's path", "\\w[\\w.-]*(/\\w[\\w.-]*)*");
      // Case-insensitive file systems treat such paths as one.
      if (!paths.add(each.path.toLowerCase(Locale.ROOT))) {
        throw new CommandException(file + ": " + each.path + " appears twice");
      }
      if (each.variant != null && !VARIANTS.contains(each.variant)) {
        throw new CommandException(
            file + ": variant " + each.variant + " is not supported; supported: " + VARIANTS);
      }
      if (each.size != null && each.size < 1) {
        throw new CommandException(file + ": the size of " + each.path + " must be greater than 0");
      }
      if (each.sha256 != null) {
        require(file, each.sha256, "sha256 of " + each.path, "[0-9a-f]{64}");
      }
      if (each.from != null) {
        require(file, each.from, "from of " + each.path, REPOSITORY + "@[0-9a-f]{40}");
      }
      if (each.gitBlob != null) {
        require(file, each.gitBlob, "gitBlob of " + each.path, "[0-9a-f]{40}");
      }
    }
    if (!paths.containsAll(List.of("config.json", "tokenizer.json"))
        || files.stream().noneMatch(File::isGraph)) {
      throw new CommandException(
          file + ": files must contain config.json, tokenizer.json and an .onnx file");
    }
    if (paths.contains(ProbePairs.FILE) || paths.contains(Provenance.FILE)) {
      throw new CommandException(
          file
              + ": "
              + ProbePairs.FILE
              + " and "
              + Provenance.FILE
              + " are created locally and cannot be downloaded");
    }
    return this;
  }

  private static void require(Object file, String value, String name, String pattern) {
    if (value == null || !value.matches(pattern)) {
      throw new CommandException(
          file + ": " + name + " is '" + value + "', but must match " + pattern);
    }
  }
}
