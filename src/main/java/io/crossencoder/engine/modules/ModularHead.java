// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.engine.modules;

import io.crossencoder.engine.json.JsonFile;
import io.crossencoder.engine.modules.ModuleList.Module;
import io.crossencoder.model.ModelLoadException;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The modules after the encoder: a pooling and layers, as listed in modules.json. The scores are
 * equal to {@code CrossEncoder.predict} of sentence-transformers before the activation function.
 *
 * <p>Immutable and thread-safe. The score of a pair does not depend on other pairs.
 */
public final class ModularHead {

  /** The file that all modular models have. */
  public static final String FILE = "modules.json";

  /** The file that identifies a cross-encoder and contains its activation function. */
  public static final String CROSS_ENCODER_FILE = "config_sentence_transformers.json";

  private static final String EMBEDDING = "sentence_embedding";
  private static final String SCORES = "scores";

  private record Step(String input, String output, HeadLayer layer) {}

  private final Pooling pooling;
  private final List<Step> steps;
  private final int labels;
  private final String digest;

  private ModularHead(Pooling pooling, List<Step> steps, int labels, String digest) {
    this.pooling = pooling;
    this.steps = steps;
    this.labels = labels;
    this.digest = digest;
  }

  /**
   * {@return whether a directory contains a modular model}
   *
   * @param directory model directory
   */
  public static boolean isIn(Path directory) {
    return JsonFile.isPresent(directory.resolve(FILE));
  }

  /**
   * Reads the modules of a model.
   *
   * @param directory model directory
   * @return the head; empty if the model is not modular, or its only module is a classifier
   * @throws ModelLoadException if a module or a file is unsupported or missing: skipping a module
   *     would give plausible but wrong scores
   */
  public static Optional<ModularHead> read(Path directory) {
    if (!isIn(directory)) {
      return Optional.empty();
    }
    Path file = directory.resolve(FILE);
    JsonFile crossEncoder = crossEncoder(directory);
    List<Module> modules = ModuleList.read(directory);
    boolean classifies = TransformerConfig.isClassifier(directory);
    if (classifies && modules.stream().map(Module::kind).toList().equals(List.of("Transformer"))) {
      return Optional.empty();
    }
    if (classifies
        || modules.size() < 2
        || !modules.get(0).kind().equals("Transformer")
        || !modules.get(1).kind().equals("Pooling")) {
      throw new ModelLoadException(
          file,
          "lists "
              + modules.stream().map(Module::kind).toList()
              + "; it must start with Transformer and Pooling"
              + (classifies ? ", or be a single Transformer, a classifier" : ""));
    }
    boolean hasPrompt = crossEncoder.has("default_prompt_name");
    Pooling pooling = Pooling.read(modules.get(1).config(), hasPrompt);
    Map<String, Integer> widths = new HashMap<>(Map.of(EMBEDDING, pooling.outputWidth()));
    List<Step> steps = new ArrayList<>();
    for (Module module : modules.subList(2, modules.size())) {
      step(file, module, widths).ifPresent(steps::add);
    }
    Integer labels = widths.get(SCORES);
    if (labels == null || labels > 2) {
      throw new ModelLoadException(
          file,
          labels == null
              ? "has no Dense module with the output " + SCORES
              : "returns " + labels + " scores per pair; supported: one or two");
    }
    return Optional.of(new ModularHead(pooling, List.copyOf(steps), labels, digest(directory)));
  }

  /** Without this file, sentence-transformers logs a warning and uses a head of random weights. */
  private static JsonFile crossEncoder(Path directory) {
    Path file = directory.resolve(CROSS_ENCODER_FILE);
    if (!Files.exists(file)) {
      throw new ModelLoadException(
          file, "not found; a model with " + FILE + " is a cross-encoder only if this file exists");
    }
    JsonFile json = JsonFile.read(file);
    String type = json.text("model_type").orElse("");
    if (!type.equals("CrossEncoder")) {
      throw json.refused(
          "model_type is '" + type + "', not CrossEncoder: this model is not a reranker");
    }
    return json;
  }

  private static Optional<Step> step(Path file, Module module, Map<String, Integer> widths) {
    JsonFile config = module.config();
    if (module.kind().equals("Dropout")) {
      return Optional.empty();
    }
    String input = config.text("module_input_name").orElse(EMBEDDING);
    String output = config.text("module_output_name").orElse(input);
    Integer width = widths.get(input);
    if (width == null) {
      throw config.refused(
          "module_input_name "
              + input
              + " does not exist at this point; available: "
              + widths.keySet());
    }
    HeadLayer layer =
        switch (module.kind()) {
          case "Dense" -> HeadLayer.Dense.read(config, Safetensors.open(module.weights()));
          case "LayerNorm" -> HeadLayer.LayerNorm.read(config, Safetensors.open(module.weights()));
          case "Normalize" -> new HeadLayer.Normalize(width);
          default -> throw new ModelLoadException(file, "has a second module " + module.kind());
        };
    if (layer.inputWidth() != width) {
      throw config.refused(
          "expects " + layer.inputWidth() + " numbers, but the previous module returns " + width);
    }
    widths.put(output, layer.outputWidth());
    return Optional.of(new Step(input, output, layer));
  }

  /**
   * {@return the files that determine the scores, besides the ONNX file and the tokenizer}
   *
   * @param directory directory of a modular model
   */
  public static List<Path> files(Path directory) {
    List<Path> files = new ArrayList<>();
    files.add(directory.resolve(FILE));
    files.add(directory.resolve(CROSS_ENCODER_FILE));
    for (Module module : ModuleList.read(directory)) {
      if (!module.kind().equals("Transformer")) {
        Path folder = module.weights().getParent();
        files.add(folder.resolve("config.json"));
        files.add(module.weights());
      }
    }
    return files.stream().filter(Files::isRegularFile).toList();
  }

  /** {@return width of a hidden state: the last dimension of the encoder's output} */
  public int width() {
    return pooling.width();
  }

  /** {@return scores per pair: 1 or 2} */
  public int labels() {
    return labels;
  }

  /**
   * {@return SHA-256, in hex, of modules.json and of config.json and model.safetensors of each
   * module after the encoder, if they exist}
   */
  public String digest() {
    return digest;
  }

  private static String digest(Path directory) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (Path file : files(directory)) {
        if (!file.endsWith(CROSS_ENCODER_FILE)) {
          digest.update(Files.readAllBytes(file));
        }
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (IOException e) {
      throw new ModelLoadException(directory.resolve(FILE), "cannot read a module: " + e, e);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }

  /**
   * Computes the scores of a batch.
   *
   * @param hidden output of the encoder: [pairs, length, width], row by row
   * @param shape its three dimensions
   * @param lengths number of tokens per pair; the rest is padding
   * @return [pairs, labels], row by row
   * @throws IllegalStateException if the encoder returned another shape
   */
  public float[] scores(FloatBuffer hidden, long[] shape, int[] lengths) {
    if (shape.length != 3
        || shape[0] != lengths.length
        || shape[2] != pooling.width()
        || hidden.remaining() != shape[0] * shape[1] * shape[2]) {
      throw new IllegalStateException(
          "the model returned "
              + Arrays.toString(shape)
              + " for "
              + lengths.length
              + " pairs instead of hidden states of "
              + pooling.width()
              + " numbers");
    }
    int rowsOfPair = (int) shape[1];
    float[] scores = new float[lengths.length * labels];
    for (int pair = 0; pair < lengths.length; pair++) {
      Map<String, float[]> values = new HashMap<>();
      int from = pair * rowsOfPair * pooling.width();
      values.put(EMBEDDING, pooling.pool(hidden, from, lengths[pair]));
      for (Step step : steps) {
        values.put(step.output(), step.layer().apply(values.get(step.input())));
      }
      System.arraycopy(values.get(SCORES), 0, scores, pair * labels, labels);
    }
    return scores;
  }
}
