// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.engine.files;

import io.crossencoder.engine.json.JsonFile;
import io.crossencoder.engine.modules.ModularHead;
import io.crossencoder.model.ModelLoadException;
import io.crossencoder.model.ModelOptions;
import io.crossencoder.model.ModelSpec;
import io.crossencoder.model.ModelSpec.Activation;
import io.crossencoder.model.PairTemplate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reads a model directory in the Hugging Face layout: {@code config.json}, {@code tokenizer.json},
 * {@code onnx/model.onnx} or {@code model.onnx}, and {@code tokenizer_config.json} if it exists.
 */
public final class ModelFiles {

  private ModelFiles() {}

  /**
   * Inspects the files of a model without loading native libraries.
   *
   * @param directory directory in the Hugging Face layout
   * @param options options of the model
   * @return the properties of the model, which is not loaded yet
   * @throws ModelLoadException with the file and the reason
   */
  public static ModelSpec read(Path directory, ModelOptions options) {
    JsonFile config = JsonFile.read(required(directory.resolve("config.json")));
    Path tokenizer = required(directory.resolve("tokenizer.json"));
    Path onnx = OnnxVariants.choose(directory, options.file());
    int maxLength = MaxLength.of(directory, config, options.maxLength());
    Activation activation = activation(directory, config);
    PairTemplate template = Templates.of(directory, options.template());
    List<Path> hashed = new ArrayList<>(List.of(onnx, tokenizer));
    // It overrides settings in tokenizer.json.
    Stream.of(directory.resolve("tokenizer_config.json"))
        .filter(Files::isRegularFile)
        .forEach(hashed::add);
    List<Path> data = OnnxVariants.externalData(onnx);
    OnnxVariants.requireNoLinkOut(onnx, data);
    hashed.addAll(data);
    if (ModularHead.isIn(directory)) {
      hashed.addAll(ModularHead.files(directory));
    }
    return new ModelSpec(
        directory.getFileName().toString(),
        directory,
        onnx,
        bytes(onnx, data),
        new ModelSpec.Input(
            maxLength,
            MaxLength.own(directory, config, maxLength),
            padId(config),
            MaxLength.firstPosition(config),
            template),
        activation,
        Fingerprint.of(hashed, decided(maxLength, activation, template)),
        options.execution(),
        options.execution().provider(),
        Optional.empty());
  }

  /**
   * The options in the fingerprint. Models without a template keep the fingerprint of earlier
   * versions.
   */
  private static String decided(int maxLength, Activation activation, PairTemplate template) {
    String text = maxLength + " " + activation;
    return template.equals(PairTemplate.NONE) ? text : text + " " + template;
  }

  private static long bytes(Path onnx, List<Path> data) {
    return Stream.concat(Stream.of(onnx), data.stream())
        .mapToLong(
            file -> {
              try {
                return Files.size(file);
              } catch (IOException e) {
                throw unreadable(file, e);
              }
            })
        .sum();
  }

  private static ModelLoadException unreadable(Path file, IOException e) {
    return new ModelLoadException(file, "cannot be read: " + e.getMessage(), e);
  }

  /**
   * Whether a directory can be a model.
   *
   * @param directory any directory
   * @return whether it contains an ONNX file in a standard place
   */
  public static boolean hasGraph(Path directory) {
    return OnnxVariants.areIn(directory);
  }

  /** {@return the kind of this CPU in the names of int8 files: avx512_vnni, avx2 or arm64} */
  public static String processor() {
    return OnnxVariants.processor();
  }

  private static Path required(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new ModelLoadException(file, "not found; a model directory must contain this file");
    }
    return file;
  }

  static int padId(JsonFile config) {
    return (int) Math.max(0, config.number("pad_token_id").orElse(0.0));
  }

  /**
   * Searched in the same order as in sentence-transformers. If it is not configured, modular models
   * have their default, Sigmoid, and other models have none.
   */
  private static Activation activation(Path directory, JsonFile config) {
    JsonFile crossEncoder =
        JsonFile.readIfPresent(directory.resolve(ModularHead.CROSS_ENCODER_FILE));
    return activation(crossEncoder, "activation_fn")
        .or(() -> activation(config.section("sentence_transformers"), "activation_fn"))
        .or(() -> activation(config, "sbert_ce_default_activation_function"))
        .orElse(ModularHead.isIn(directory) ? Activation.SIGMOID : Activation.IDENTITY);
  }

  private static Optional<Activation> activation(JsonFile json, String key) {
    return json.text(key)
        .filter(function -> !function.isEmpty())
        .map(
            function ->
                switch (function
                    .substring(function.lastIndexOf('.') + 1)
                    .toLowerCase(Locale.ROOT)) {
                  case "identity" -> Activation.IDENTITY;
                  case "sigmoid" -> Activation.SIGMOID;
                  default -> throw json.wrong(key, "torch's Identity or Sigmoid");
                });
  }
}
