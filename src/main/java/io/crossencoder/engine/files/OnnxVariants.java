// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.engine.files;

import io.crossencoder.model.ModelLoadException;
import io.crossencoder.model.ModelOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Selects one of the ONNX files in a model directory. */
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
      throw new ModelLoadException(
          chosen, "not found; the directory contains " + describe(directory));
    }
    return chosen;
  }

  /** The optimized file is preferred: its logits differ by at most 1e-4. */
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
   * The int8 file whose name ends with the kind of this CPU, as in sentence-transformers; an
   * optimized file is preferred.
   */
  static Optional<Path> int8For(Path directory, String processor) {
    return graphs(directory).stream()
        .filter(graph -> graph.getFileName().toString().matches(".*int8_" + processor + "\\.onnx"))
        .sorted((a, b) -> Boolean.compare(isOptimized(b), isOptimized(a)))
        .findFirst();
  }

  /** Detected by name: {@code model_qint8_avx512_vnni.onnx}, {@code model_quantized.onnx}. */
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
   * The weight files of an ONNX model: those whose name begins with its name, such as {@code
   * model.onnx_data}, and those that it refers to.
   */
  static List<Path> externalData(Path graph) {
    String name = graph.getFileName().toString();
    Set<Path> data =
        new LinkedHashSet<>(
            files(
                graph.getParent(),
                file -> file.startsWith(name + "_") || file.startsWith(name + ".")));
    data.addAll(ExternalData.of(graph));
    return List.copyOf(data);
  }

  /**
   * {@return whether a directory or its subdirectory onnx contains an ONNX file}
   *
   * @param directory a readable directory
   */
  public static boolean areIn(Path directory) {
    return !graphs(directory).isEmpty();
  }

  /**
   * Rejects weight files that are links out of the directory, as in the cache of the Hugging Face
   * Hub.
   *
   * @throws ModelLoadException with the link and the remedy
   */
  static void requireNoLinkOut(Path graph, List<Path> externalData) {
    for (Path data : externalData) {
      if (Files.isSymbolicLink(data) && !realPath(data).startsWith(realPath(graph.getParent()))) {
        throw new ModelLoadException(
            data,
            "is a symbolic link, but ONNX Runtime reads weights only from the directory of the"
                + " ONNX file; copy the model with cp -rL");
      }
    }
  }

  private static Path realPath(Path file) {
    try {
      return file.toRealPath();
    } catch (IOException e) {
      throw new ModelLoadException(file, "cannot be read: " + e.getMessage(), e);
    }
  }

  private static String describe(Path directory) {
    List<Path> graphs = graphs(directory);
    return graphs.isEmpty()
        ? "no .onnx file"
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

  /** The kind of this CPU in file names: avx512_vnni, avx2 or arm64. */
  static String processor() {
    String architecture = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
    if (architecture.equals("aarch64") || architecture.equals("arm64")) {
      return "arm64";
    }
    try {
      return processor(Files.readString(CPU_INFO, StandardCharsets.US_ASCII));
    } catch (IOException e) {
      // The CPU's features are only known on Linux. The avx2 file is correct on every x86-64 CPU;
      // the avx512_vnni file overflows 16-bit sums on CPUs without VNNI.
      return "avx2";
    }
  }

  static String processor(String cpuInfo) {
    return cpuInfo.contains("avx512_vnni") ? "avx512_vnni" : "avx2";
  }
}
