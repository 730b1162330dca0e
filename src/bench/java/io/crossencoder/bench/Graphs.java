// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.bench;

import io.crossencoder.engine.files.ModelFiles;
import io.crossencoder.model.ModelSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The ONNX models of a model directory that are measured.
 *
 * @param chosen the model that the engine selects by default: an optimized one if it exists
 * @param plain the exported model, for the peers
 * @param int8 the quantized model for this CPU
 * @param plainInt8 the exported quantized model, for the peers
 */
record Graphs(
    ModelSpec chosen, ModelSpec plain, Optional<ModelSpec> int8, Optional<ModelSpec> plainInt8) {

  /**
   * Finds the ONNX models of a directory.
   *
   * @param int8 a file or {@code auto}
   */
  static Graphs of(Path model, String int8) {
    ModelSpec chosen = spec(model, Optional.empty());
    ModelSpec plain =
        List.of("onnx/model.onnx", "model.onnx").stream()
            .filter(name -> Files.isRegularFile(model.resolve(name)))
            .findFirst()
            .map(name -> spec(model, Optional.of(name)))
            .orElse(chosen);
    Optional<ModelSpec> quantized = other(model, int8, chosen);
    String exported = "onnx/model_qint8_" + ModelFiles.processor() + ".onnx";
    Optional<ModelSpec> plainInt8 =
        Files.isRegularFile(model.resolve(exported))
            ? other(model, exported, chosen)
            : Optional.empty();
    return new Graphs(chosen, plain, quantized, plainInt8);
  }

  /**
   * Empty if the file is the chosen one: {@code auto} selects it if there is no int8 model for this
   * CPU.
   */
  private static Optional<ModelSpec> other(Path model, String file, ModelSpec chosen) {
    return Optional.of(spec(model, Optional.of(file)))
        .filter(spec -> !spec.onnxFile().equals(chosen.onnxFile()));
  }

  private static ModelSpec spec(Path model, Optional<String> file) {
    try (Engine engine = new Engine(model, file, 1, 0)) {
      return engine.spec();
    }
  }

  boolean isOptimized() {
    return !chosen.onnxFile().equals(plain.onnxFile());
  }

  /** The name of an ONNX model as in the option that selects one. */
  static String name(ModelSpec graph) {
    return graph.directory().relativize(graph.onnxFile()).toString();
  }
}
