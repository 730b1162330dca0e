// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.engine.natives;

import io.crossencoder.model.InstallationException;
import java.net.URL;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Which of the native libraries in the jars are for this machine.
 *
 * @param system linux, osx or win, as both jars call them
 * @param architecture as Java calls it, in lower case
 */
record NativePlatform(String system, String architecture) {

  static NativePlatform current() {
    return of(System.getProperty("os.name"), System.getProperty("os.arch"));
  }

  static NativePlatform of(String osName, String osArch) {
    String name = osName.toLowerCase(Locale.ROOT);
    String system = name.startsWith("mac") ? "osx" : name.startsWith("windows") ? "win" : name;
    return new NativePlatform(system, osArch.toLowerCase(Locale.ROOT));
  }

  /** ONNX Runtime's by the name of their file, in the order in which they are loaded. */
  Map<String, URL> onnxRuntime() {
    String folder = "ai/onnxruntime/native/" + system + "-" + (isX86() ? "x64" : architecture);
    return find("onnxruntime", folder, List.of("onnxruntime", "onnxruntime4j_jni"));
  }

  /** Those of the tokenizers, likewise. */
  Map<String, URL> tokenizers() {
    String folder = "native/lib/" + system + "-" + (isX86() ? "x86_64" : architecture) + "/cpu";
    // On Windows its C++ library comes along, in three files.
    return system.equals("win")
        ? find(
            "tokenizers",
            folder,
            List.of("libwinpthread-1", "libgcc_s_seh-1", "libstdc++-6", "tokenizers"))
        : find("tokenizers", folder, List.of("tokenizers"));
  }

  String tokenizersFile() {
    return file("tokenizers");
  }

  private boolean isX86() {
    return architecture.equals("amd64") || architecture.equals("x86_64");
  }

  private Map<String, URL> find(String jar, String folder, List<String> names) {
    Map<String, URL> libraries = new LinkedHashMap<>();
    for (String name : names) {
      String file = file(name);
      URL library = NativePlatform.class.getClassLoader().getResource(folder + "/" + file);
      if (library == null) {
        throw new InstallationException(
            "no native library of "
                + jar
                + " for this machine ("
                + system
                + ", "
                + architecture
                + "): its jar has no "
                + folder
                + "/"
                + file
                + ". The jars have them for Linux on x86_64 and aarch64, macOS on aarch64 and"
                + " Windows on x86_64. One of your own can be named with -D"
                + NativeLibraries.RUNTIME_PATH
                + " and -D"
                + NativeLibraries.TOKENIZERS_PATH);
      }
      libraries.put(file, library);
    }
    return libraries;
  }

  private String file(String name) {
    return switch (system) {
      case "osx" -> "lib" + name + ".dylib";
      case "win" -> name + ".dll";
      default -> "lib" + name + ".so";
    };
  }
}
