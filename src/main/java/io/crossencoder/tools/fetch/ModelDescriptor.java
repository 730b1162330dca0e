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
 * What a model consists of and where it comes from: a JSON file of {@code conf/models}, whose name
 * is the model's.
 *
 * @param description one line
 * @param repository owner and name on the hub
 * @param revision a commit, or a branch where none is pinned
 * @param languages as ISO 639 codes, or "multilingual"
 * @param files what a directory of the model holds
 * @param probe what its {@code probe.json} shall hold; null if no scores are known
 * @param sources where sizes, hashes and scores were published
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

  /** The graph that scores as published, as against an int8 one, which has the CPU's name. */
  static final String FP32 = "fp32";

  /** An int8 graph that its publisher made for every CPU. */
  static final String INT8 = "int8";

  private static final Set<String> VARIANTS = Set.of(FP32, INT8, "avx512_vnni", "avx2", "arm64");
  private static final String REPOSITORY = "[\\w-][\\w.-]*/[\\w-][\\w.-]*";
  private static final JsonMapper MAPPER = new JsonMapper();

  /**
   * One file.
   *
   * @param path relative to the repository, and to the model's directory
   * @param variant of a graph, which it is: fp32, int8, avx512_vnni, avx2, arm64; null: always
   *     needed
   * @param size in bytes; null if it is not known
   * @param sha256 in hex; null if it is not known
   * @param gitBlob the id that Git gives the contents, in hex; null if it is not known
   * @param from another repository that has it, and its revision, as {@code owner/name@commit};
   *     null if it is the model's own
   */
  public record File(
      String path, String variant, Long size, String sha256, String gitBlob, String from) {

    File(String path, String variant, Long size, String sha256) {
      this(path, variant, size, sha256, null, null);
    }

    boolean isGraph() {
      return path.endsWith(".onnx");
    }

    /** The repository that has it. */
    String repository(ModelDescriptor descriptor) {
      return from == null ? descriptor.repository : from.substring(0, from.indexOf('@'));
    }

    /** The revision of that repository. */
    String revision(ModelDescriptor descriptor) {
      return from == null ? descriptor.revision : from.substring(from.indexOf('@') + 1);
    }

    /** Whether it belongs to an int8 graph. */
    boolean isInt8() {
      return variant != null && !variant.equals(FP32);
    }
  }

  /**
   * Reads a descriptor and checks it, so that nothing in it can lead out of a model's directory.
   *
   * @throws CommandException naming the file and what is wrong
   */
  static ModelDescriptor read(Path file) throws IOException {
    try {
      return MAPPER.readValue(Files.readString(file), ModelDescriptor.class).checked(file);
    } catch (JsonProcessingException e) {
      throw new CommandException(file + ": " + CommandException.reason(e), e);
    }
  }

  /** The bytes of all of them; empty if the size of one is not known. */
  static Optional<Long> size(List<File> files) {
    return files.stream().map(File::size).anyMatch(Objects::isNull)
        ? Optional.empty()
        : Optional.of(files.stream().mapToLong(File::size).sum());
  }

  /** Whether it was made of the hub's answers, and not written by somebody. */
  boolean isOfHub() {
    return sources.equals(List.of(RepositoryModel.SOURCE));
  }

  /** For people: which graphs there are. */
  String variants() {
    return files.stream()
        .map(File::variant)
        .filter(Objects::nonNull)
        .distinct()
        .collect(Collectors.joining(", "));
  }

  /** The revision, short if it is a commit. */
  String shortRevision() {
    return isPinned() ? revision.substring(0, 8) : revision;
  }

  /** Whether the revision is a commit, which never changes. */
  boolean isPinned() {
    return revision.matches("[0-9a-f]{40}");
  }

  /**
   * This descriptor.
   *
   * @param file that it is from, or the repository that it was made of: for messages
   * @throws CommandException if something in it is missing, or leads elsewhere
   */
  ModelDescriptor checked(Object file) {
    require(file, repository, "repository", REPOSITORY);
    require(file, revision, "revision", "[\\w-][\\w.-]*");
    if (licence == null || languages == null || files == null || description == null) {
      throw new CommandException(file + ": needs description, licence, languages and files");
    }
    Set<String> paths = new HashSet<>();
    for (File each : files) {
      // No dot in front: that hides what is not ready, and ".." would lead out.
      require(file, each.path, "a file's path", "\\w[\\w.-]*(/\\w[\\w.-]*)*");
      // One path on a file system that takes upper and lower case for the same.
      if (!paths.add(each.path.toLowerCase(Locale.ROOT))) {
        throw new CommandException(file + ": " + each.path + " is there twice");
      }
      if (each.variant != null && !VARIANTS.contains(each.variant)) {
        throw new CommandException(file + ": variant " + each.variant + " is none of " + VARIANTS);
      }
      if (each.size != null && each.size < 1) {
        throw new CommandException(file + ": the size of " + each.path + " must be above 0");
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
          file + ": files must have config.json, tokenizer.json and an .onnx graph");
    }
    if (paths.contains(ProbePairs.FILE) || paths.contains(Provenance.FILE)) {
      throw new CommandException(
          file
              + ": "
              + ProbePairs.FILE
              + " and "
              + Provenance.FILE
              + " are written, and never fetched");
    }
    return this;
  }

  private static void require(Object file, String value, String name, String pattern) {
    if (value == null || !value.matches(pattern)) {
      throw new CommandException(
          file + ": " + name + " is '" + value + "', and must be " + pattern);
    }
  }
}
