// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.engine.natives;

import io.crossencoder.model.InstallationException;
import java.net.URL;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The native libraries in the JARs that match this machine.
 *
 * @param system linux, osx or win, as in both JARs
 * @param architecture {@code os.arch} in lower case
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

  /** The libraries of ONNX Runtime by file name, in loading order. */
  Map<String, URL> onnxRuntime() {
    String folder = "ai/onnxruntime/native/" + system + "-" + (isX86() ? "x64" : architecture);
    return find("onnxruntime", folder, List.of("onnxruntime", "onnxruntime4j_jni"));
  }

  /** The libraries of the tokenizers by file name, in loading order. */
  Map<String, URL> tokenizers() {
    String folder = "native/lib/" + system + "-" + (isX86() ? "x86_64" : architecture) + "/cpu";
    // On Windows, the tokenizers need three more files of the C++ library.
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
                + " found for this machine ("
                + system
                + ", "
                + architecture
                + "): its JAR does not contain "
                + folder
                + "/"
                + file
                + ". Supported: Linux on x86_64 and aarch64, macOS on aarch64 and"
                + " Windows on x86_64. Set the path of your own library with -D"
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
