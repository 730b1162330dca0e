// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.fetch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.crossencoder.tools.common.CommandException;
import io.crossencoder.tools.fetch.hub.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Creates a descriptor for a repository by selecting the files that the loader needs.
 *
 * @param modules directories in its modules.json; empty for a plain model
 */
record RepositoryModel(Repository repository, List<String> modules) {

  /** The source in a descriptor that was created from the API of the Hub. */
  static final String SOURCE = "the Hub's list of files";

  /** The first two are required, the others are optional. */
  private static final List<String> SETTINGS =
      List.of(
          "config.json",
          "tokenizer.json",
          "tokenizer_config.json",
          "modules.json",
          "config_sentence_transformers.json",
          "sentence_bert_config.json",
          "template.json",
          "chat_template.jinja");

  private static final List<String> PLAIN = List.of("onnx/model.onnx", "model.onnx");
  private static final List<String> FOR_ANY_CPU =
      List.of(
          "onnx/model_int8.onnx",
          "onnx/model_quantized.onnx",
          "model_int8.onnx",
          "model_quantized.onnx");
  private static final Pattern FOR_ONE_CPU =
      Pattern.compile("(?:onnx/)?[^/]*int8_(avx512_vnni|avx2|arm64)\\.onnx");

  /** The directories in a modules.json, except the root. */
  static List<String> modules(Path file) throws IOException {
    try {
      List<String> paths = new ArrayList<>();
      for (JsonNode module : new JsonMapper().readTree(Files.readString(file))) {
        paths.add(module.path("path").asText());
      }
      return paths.stream().filter(path -> !path.isEmpty()).toList();
    } catch (JsonProcessingException e) {
      throw new CommandException("modules.json: " + CommandException.reason(e), e);
    }
  }

  /**
   * Creates the descriptor.
   *
   * @param graph the only ONNX file to download; empty: the files with standard names
   * @throws CommandException if a required file is missing
   */
  ModelDescriptor descriptor(Optional<String> graph) {
    List<ModelDescriptor.File> files = new ArrayList<>();
    SETTINGS.forEach(path -> add(files, path, null));
    for (String module : modules) {
      add(files, module + "/config.json", null);
      add(files, module + "/model.safetensors", null);
    }
    for (String needed : SETTINGS.subList(0, 2)) {
      if (repository.find(needed).isEmpty()) {
        throw new CommandException(repository.name() + " has no " + needed + "; it cannot be used");
      }
    }
    if (graphs().isEmpty()) {
      throw new CommandException(
          repository.name()
              + " has no ONNX file; export one with scripts/export-model.sh "
              + repository.name()
              + " DIR");
    }
    int settings = files.size();
    if (graph.isPresent()) {
      addGraph(files, graph.get(), null);
    } else {
      first(PLAIN).ifPresent(path -> addGraph(files, path, ModelDescriptor.FP32));
      first(FOR_ANY_CPU).ifPresent(path -> addGraph(files, path, ModelDescriptor.INT8));
      for (String path : graphs()) {
        Matcher matcher = FOR_ONE_CPU.matcher(path);
        if (matcher.matches()) {
          addGraph(files, path, matcher.group(1));
        }
      }
    }
    if (files.size() == settings) {
      throw new CommandException(
          repository.name()
              + graph.map(path -> " has no " + path).orElse(" has no onnx/model.onnx")
              + "; select one with --file: "
              + String.join(", ", graphs()));
    }
    return new ModelDescriptor(
            "",
            repository.name(),
            repository.revision(),
            repository.licence(),
            repository.languages(),
            files,
            null,
            List.of(SOURCE))
        .checked(repository.name());
  }

  /** All ONNX files. */
  List<String> graphs() {
    return paths().filter(path -> path.endsWith(".onnx")).toList();
  }

  private Stream<String> paths() {
    return repository.files().stream().map(Repository.Entry::path);
  }

  private Optional<String> first(List<String> names) {
    return names.stream().filter(name -> repository.find(name).isPresent()).findFirst();
  }

  /** Adds an ONNX file and its weight files, which the loader finds by name. */
  private void addGraph(List<ModelDescriptor.File> files, String path, String variant) {
    add(files, path, variant);
    paths()
        .filter(file -> file.matches(Pattern.quote(path) + "[._][^/]*"))
        .forEach(file -> add(files, file, variant));
  }

  private void add(List<ModelDescriptor.File> files, String path, String variant) {
    repository
        .find(path)
        .map(
            file ->
                new ModelDescriptor.File(
                    path, variant, file.size(), file.sha256(), file.gitBlob(), null))
        .ifPresent(files::add);
  }
}
