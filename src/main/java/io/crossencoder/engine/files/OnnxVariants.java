// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.engine.files;

import io.crossencoder.model.ModelLoadException;
import io.crossencoder.model.ModelOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Chooses one of the ONNX graphs that a model directory holds. */
final class OnnxVariants {

  private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

  private OnnxVariants() {}

  static Path choose(Path directory, Optional<String> file) {
    if (file.isEmpty()) {
      return plain(directory);
    }
    if (file.get().equals("auto")) {
      return int8For(directory, processor()).orElseGet(() -> plain(directory));
    }
    Path chosen = directory.resolve(file.get()).normalize();
    if (!chosen.startsWith(directory.normalize())) {
      throw new ModelLoadException(chosen, "is outside the model's directory " + directory);
    }
    if (!Files.isRegularFile(chosen)) {
      throw new ModelLoadException(chosen, "missing; the directory has " + describe(directory));
    }
    return chosen;
  }

  /** An optimized graph has the logits of the plain one, to 1e-4: who made it wants it. */
  private static Path plain(Path directory) {
    for (String name : ModelOptions.STANDARD_FILES) {
      if (Files.isRegularFile(directory.resolve(name))) {
        return directory.resolve(name);
      }
    }
    throw new ModelLoadException(
        directory.resolve("onnx/model.onnx"),
        "not found, and model.onnx not found next to config.json; the directory contains "
            + describe(directory));
  }

  /**
   * The int8 graph whose name ends with this processor's kind, as sentence-transformers names them;
   * an optimized one before a plain one.
   */
  static Optional<Path> int8For(Path directory, String processor) {
    return graphs(directory).stream()
        .filter(graph -> graph.getFileName().toString().matches(".*int8_" + processor + "\\.onnx"))
        .sorted((a, b) -> Boolean.compare(isOptimized(b), isOptimized(a)))
        .findFirst();
  }

  /** By its name: {@code model_qint8_avx512_vnni.onnx}, {@code model_quantized.onnx}. */
  static boolean isInt8(Path graph) {
    return graph.getFileName().toString().matches(".*(int8|quantized).*");
  }

  private static boolean isOptimized(Path graph) {
    return graph.getFileName().toString().contains("_optimized");
  }

  private static List<Path> graphs(Path directory) {
    return Stream.of(directory.resolve("onnx"), directory)
        .filter(Files::isDirectory)
        .flatMap(each -> files(each, name -> name.endsWith(".onnx")).stream())
        .toList();
  }

  /**
   * The files beside a graph that hold its weights, if it is too large for one: {@code
   * model.onnx_data}, {@code model.onnx.data}, {@code model.onnx_data_1}.
   */
  static List<Path> externalData(Path graph) {
    String name = graph.getFileName().toString();
    return files(
        graph.getParent(), file -> file.startsWith(name + "_") || file.startsWith(name + "."));
  }

  /**
   * {@return whether a directory, or its directory onnx, has a graph}
   *
   * @param directory a readable directory
   */
  public static boolean areIn(Path directory) {
    return !graphs(directory).isEmpty();
  }

  /**
   * Complains about weights that are a link out of the directory, as in a cache of Hugging Face.
   *
   * @throws ModelLoadException naming the link and the cure
   */
  static void requireNoLink(Path graph) {
    for (Path data : externalData(graph)) {
      if (Files.isSymbolicLink(data)) {
        throw new ModelLoadException(
            data,
            "is a symbolic link, and ONNX Runtime reads weights only from the graph's own"
                + " directory: copy the model with cp -rL");
      }
    }
  }

  private static String describe(Path directory) {
    List<Path> graphs = graphs(directory);
    return graphs.isEmpty()
        ? "no .onnx file at all"
        : graphs.stream()
            .map(graph -> directory.relativize(graph).toString())
            .collect(Collectors.joining(", "));
  }

  private static List<Path> files(Path directory, Predicate<String> name) {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(file -> name.test(file.getFileName().toString()) && Files.isRegularFile(file))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new ModelLoadException(directory, "cannot be listed: " + e.getMessage(), e);
    }
  }

  /** The kind of this CPU in the words of the file names: avx512_vnni, avx2 or arm64. */
  static String processor() {
    String architecture = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
    if (architecture.equals("aarch64") || architecture.equals("arm64")) {
      return "arm64";
    }
    try {
      return processor(Files.readString(CPU_INFO, StandardCharsets.US_ASCII));
    } catch (IOException e) {
      // Only Linux tells. The avx2 variant is the one that is right on every x86-64 CPU: without
      // VNNI, the kernels of the other overflow their 16-bit sums.
      return "avx2";
    }
  }

  static String processor(String cpuInfo) {
    return cpuInfo.contains("avx512_vnni") ? "avx512_vnni" : "avx2";
  }
}
