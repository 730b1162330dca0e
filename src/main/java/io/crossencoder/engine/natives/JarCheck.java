// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.engine.natives;

import io.crossencoder.model.InstallationException;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.jar.Attributes.Name;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks the required JARs before their first class is loaded: one copy of each, in a supported
 * version.
 */
public final class JarCheck {

  private static final Logger log = LoggerFactory.getLogger(JarCheck.class);

  /** Version that the plugin is built and tested with. */
  static final String ONNX_RUNTIME_VERSION = "1.28.0";

  /** Directory of the JARs of Solr's modules. */
  private static final String MODULES = File.separator + "modules" + File.separator;

  private static final String NO_TELEMETRY = "ORT_DISABLE_TELEMETRY";

  /**
   * A required JAR.
   *
   * @param name file name without the version
   * @param sample a class that is in every version
   * @param once whether a second copy does harm
   */
  private record Library(String name, String sample, boolean once) {}

  private static final Library ONNX_RUNTIME =
      new Library("onnxruntime", "ai.onnxruntime.OrtEnvironment", true);

  private static final List<Library> NEEDED =
      List.of(
          ONNX_RUNTIME,
          new Library("tokenizers", "ai.djl.huggingface.tokenizers.HuggingFaceTokenizer", true),
          new Library("api (of DJL)", "ai.djl.util.Platform", true),
          new Library("gson", "com.google.gson.JsonParser", false),
          new Library("HdrHistogram", "org.HdrHistogram.ConcurrentHistogram", false));

  private JarCheck() {}

  /**
   * Checks the JARs that a class loader finds.
   *
   * @param loader class loader of the plugin
   * @throws InstallationException if a JAR is missing, duplicated or unsupported
   */
  public static void check(ClassLoader loader) {
    for (Library library : NEEDED) {
      List<Path> jars = jars(loader, library.sample());
      if (jars.isEmpty()) {
        throw new InstallationException(
            library.name()
                + "-*.jar not found (class "
                + library.sample()
                + "). Copy all JARs of the release into SOLR_HOME/lib; the plugin was loaded from "
                + jars(loader, JarCheck.class.getName()));
      }
      if (library.once() && jars.size() > 1) {
        throw new InstallationException(
            library.name()
                + " was found more than once: "
                + jars
                + ". Keep one copy and restart Solr"
                + helpOfModule(jars));
      }
    }
    checkOnnxRuntime(loader, System.getenv(NO_TELEMETRY));
  }

  /** Solr 10 has a module with its own ONNX Runtime, for OpenNLP. */
  private static String helpOfModule(List<Path> jars) {
    return jars.stream()
        .filter(jar -> jar.toString().contains(MODULES))
        .findFirst()
        .map(jar -> ". " + jar + " belongs to a Solr module: remove the plugin's copy from lib")
        .orElse("");
  }

  /**
   * Checks the version of ONNX Runtime.
   *
   * @param telemetrySwitch the value of {@code ORT_DISABLE_TELEMETRY}, or null
   */
  static void checkOnnxRuntime(ClassLoader loader, String telemetrySwitch) {
    Path jar = jars(loader, ONNX_RUNTIME.sample()).get(0);
    Optional<String> found = version(jar);
    if (found.isEmpty() || found.get().equals(ONNX_RUNTIME_VERSION)) {
      return;
    }
    // The first version with telemetry, which also ends the JVM if its command line is long.
    if (isFrom(found.get(), 1, 29) && !"1".equals(telemetrySwitch)) {
      throw new InstallationException(
          jar
              + " is ONNX Runtime "
              + found.get()
              + ", which sends telemetry and ends the JVM if its command line is long. Replace it with"
              + " onnxruntime-"
              + ONNX_RUNTIME_VERSION
              + ".jar, or set "
              + NO_TELEMETRY
              + "=1 in the environment of Solr");
    }
    log.warn(
        "crossencoder: {} is ONNX Runtime {}; the plugin is built and tested with {}",
        jar,
        found.get(),
        ONNX_RUNTIME_VERSION);
  }

  /**
   * Finds the JARs or directories that contain a class.
   *
   * @param loader class loader to search, including its parents
   * @param className fully qualified name
   * @return in search order, without duplicates; empty if the class is not found
   * @throws InstallationException if the class path cannot be read
   */
  public static List<Path> jars(ClassLoader loader, String className) {
    String resource = className.replace('.', '/') + ".class";
    try {
      // A directory can be on the class path twice.
      Set<Path> jars = new LinkedHashSet<>();
      for (URL url : Collections.list(loader.getResources(resource))) {
        String place = url.toString();
        place = place.substring(0, place.length() - resource.length() - 1);
        place = place.replaceFirst("^jar:", "").replaceFirst("!$", "");
        jars.add(Path.of(URI.create(place)));
      }
      return List.copyOf(jars);
    } catch (IOException e) {
      throw new InstallationException("the class path cannot be read: " + e.getMessage(), e);
    }
  }

  private static Optional<String> version(Path jar) {
    if (!Files.isRegularFile(jar)) {
      return Optional.empty();
    }
    try (JarFile file = new JarFile(jar.toFile())) {
      return Optional.ofNullable(file.getManifest())
          .map(manifest -> manifest.getMainAttributes().getValue(Name.IMPLEMENTATION_VERSION));
    } catch (IOException e) {
      throw new InstallationException(jar + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static boolean isFrom(String version, int major, int minor) {
    Matcher parts = Pattern.compile("(\\d{1,6})\\.(\\d{1,6}).*").matcher(version);
    if (!parts.matches()) {
      return false;
    }
    int first = Integer.parseInt(parts.group(1));
    return first > major || (first == major && Integer.parseInt(parts.group(2)) >= minor);
  }
}
