// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.engine.natives;

import io.crossencoder.model.InstallationException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Unpacks the native libraries of ONNX Runtime and of the tokenizers to one known place.
 *
 * <p>Left alone, ONNX Runtime unpacks its own into a new temporary directory at each start, which
 * it leaves behind, and DJL into the user's home, which a container may not have. A place that
 * lasts can also be named in the policy of a security manager, file by file.
 *
 * <p>Whoever has set the system property {@code onnxruntime.native.path}, or {@code
 * RUST_LIBRARY_PATH} as a property or in the environment, keeps what it says. Thread-safe.
 */
public final class NativeLibraries {

  private static final Logger log = LoggerFactory.getLogger(NativeLibraries.class);

  static final String RUNTIME_PATH = "onnxruntime.native.path";
  static final String TOKENIZERS_PATH = "RUST_LIBRARY_PATH";

  private static Optional<Path> wanted = Optional.empty();
  private static Optional<Path> used = Optional.empty();
  private static final Set<String> ours = new HashSet<>();
  private static boolean loaded;

  private NativeLibraries() {}

  /**
   * Names the directory to unpack into, before the first model is loaded; of several the first
   * counts, for a JVM loads a library once. Where it cannot be written, and where none is named, it
   * is a new directory in {@code java.io.tmpdir} that goes with the JVM.
   *
   * @param directory made when it is needed; JVMs may share it
   */
  public static synchronized void unpackInto(Path directory) {
    if (!loaded && !isInPlace()) {
      wanted = Optional.of(directory.toAbsolutePath().normalize());
    }
  }

  /**
   * Puts the libraries where ONNX Runtime and DJL will look for them.
   *
   * @throws InstallationException if the jars have none for this machine, or if there is no place
   */
  public static synchronized void prepare() {
    if (loaded || isInPlace()) {
      return;
    }
    Map<String, URL> libraries = new LinkedHashMap<>();
    NativePlatform platform = NativePlatform.current();
    boolean runtime = !isSet(RUNTIME_PATH);
    boolean tokenizers = System.getenv(TOKENIZERS_PATH) == null && !isSet(TOKENIZERS_PATH);
    if (runtime) {
      libraries.putAll(platform.onnxRuntime());
    }
    if (tokenizers) {
      libraries.putAll(platform.tokenizers());
    }
    if (libraries.isEmpty()) {
      return;
    }
    Path directory = unpack(libraries);
    if (runtime) {
      set(RUNTIME_PATH, directory);
    }
    if (tokenizers) {
      // The file itself: named the directory, DJL 0.38 fails where there is no GPU.
      set(TOKENIZERS_PATH, directory.resolve(platform.tokenizersFile()));
    }
  }

  private static void set(String property, Path path) {
    System.setProperty(property, path.toString());
    ours.add(property);
  }

  /** A model runs, so the libraries stay in this JVM whatever becomes of their files. */
  public static synchronized void loaded() {
    loaded = true;
  }

  /** Where they are, for messages. */
  static synchronized String place() {
    return used.map(Path::toString).orElse("the path that was set for them");
  }

  /** A home that a test or an administrator has deleted takes them along. */
  private static boolean isInPlace() {
    return used.isPresent() && Files.isDirectory(used.get());
  }

  /** By somebody else than this class. */
  private static boolean isSet(String property) {
    return System.getProperty(property) != null && !ours.contains(property);
  }

  private static Path unpack(Map<String, URL> libraries) {
    if (wanted.isPresent()) {
      try {
        unpack(libraries, Files.createDirectories(wanted.get()), false);
        used = wanted;
        return wanted.get();
      } catch (IOException | SecurityException e) {
        log.warn(
            "crossencoder: cannot write into {} ({}), so the native libraries are unpacked into"
                + " java.io.tmpdir at every start",
            wanted.get(),
            e.toString());
      }
    }
    try {
      Path temporary = Files.createTempDirectory("solr-crossencoder-").toAbsolutePath();
      // What is registered last is deleted first.
      temporary.toFile().deleteOnExit();
      unpack(libraries, temporary, true);
      used = Optional.of(temporary);
      return temporary;
    } catch (IOException | SecurityException e) {
      throw new InstallationException(
          "the native libraries cannot be unpacked: neither "
              + wanted.map(Path::toString).orElse("the configured directory")
              + " nor java.io.tmpdir, "
              + System.getProperty("java.io.tmpdir")
              + ", can be written ("
              + e
              + "). Set another directory with -Dsolr.crossencoder.nativeDir=DIRECTORY",
          e);
    }
  }

  private static void unpack(Map<String, URL> libraries, Path directory, boolean untilExit)
      throws IOException {
    for (Map.Entry<String, URL> library : libraries.entrySet()) {
      Path file = directory.resolve(library.getKey());
      if (untilExit) {
        file.toFile().deleteOnExit();
      }
      byte[] bytes = read(library.getValue());
      // Of an older version, or cut short by a full disk: all of it is compared.
      if (!Files.isRegularFile(file) || !Arrays.equals(bytes, Files.readAllBytes(file))) {
        Path part = Files.createTempFile(directory, library.getKey(), ".part");
        try {
          Files.write(part, bytes);
          Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
          Files.deleteIfExists(part);
        }
      }
    }
  }

  private static byte[] read(URL library) throws IOException {
    try (InputStream in = library.openStream()) {
      return in.readAllBytes();
    }
  }
}
