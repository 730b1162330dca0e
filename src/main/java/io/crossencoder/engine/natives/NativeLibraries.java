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
 * Unpacks the native libraries of ONNX Runtime and of the tokenizers into a fixed directory.
 *
 * <p>By default, ONNX Runtime unpacks its libraries into a new temporary directory at each start,
 * which is never deleted, and DJL uses the user's home directory, which may not exist in a
 * container. A fixed directory also allows rules per file for a security manager.
 *
 * <p>If the system property {@code onnxruntime.native.path} is set, or {@code RUST_LIBRARY_PATH} as
 * a system property or environment variable, that library is not unpacked. Thread-safe.
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
   * Sets the directory before the first model is loaded. Only the first call has an effect, because
   * a JVM loads a library once. If the directory is not set or not writable, a new directory in
   * {@code java.io.tmpdir} is used, which is deleted when the JVM exits.
   *
   * @param directory created if it does not exist; several JVMs can share it
   */
  public static synchronized void unpackInto(Path directory) {
    if (!loaded && !isInPlace()) {
      wanted = Optional.of(directory.toAbsolutePath().normalize());
    }
  }

  /**
   * Unpacks the libraries to where ONNX Runtime and DJL look for them.
   *
   * @throws InstallationException if the JARs contain none for this machine, or no directory is
   *     writable
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
      // The path of the file: with the path of the directory, DJL 0.38 fails on machines without a
      // GPU.
      set(TOKENIZERS_PATH, directory.resolve(platform.tokenizersFile()));
    }
  }

  private static void set(String property, Path path) {
    System.setProperty(property, path.toString());
    ours.add(property);
  }

  /**
   * Called when a model runs: from then on the libraries stay loaded, even if their files are
   * deleted.
   */
  public static synchronized void loaded() {
    loaded = true;
  }

  /** The directory of the libraries, for messages. */
  static synchronized String place() {
    return used.map(Path::toString)
        .orElse("the path set by system property or environment variable");
  }

  /** The files can disappear with a Solr home directory that a test or an administrator deletes. */
  private static boolean isInPlace() {
    return used.isPresent() && Files.isDirectory(used.get());
  }

  /** Whether the property was set by others than this class. */
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
            "crossencoder: cannot write to {} ({}); unpacking the native libraries into"
                + " java.io.tmpdir at every start instead",
            wanted.get(),
            e.toString());
      }
    }
    try {
      Path temporary = Files.createTempDirectory("solr-crossencoder-").toAbsolutePath();
      // The path registered last is deleted first.
      temporary.toFile().deleteOnExit();
      unpack(libraries, temporary, true);
      used = Optional.of(temporary);
      return temporary;
    } catch (IOException | SecurityException e) {
      throw new InstallationException(
          "cannot unpack the native libraries: neither "
              + wanted.map(Path::toString).orElse("the configured directory")
              + " nor java.io.tmpdir, "
              + System.getProperty("java.io.tmpdir")
              + ", is writable ("
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
      // An existing file can be of another version, or incomplete after a full disk: its whole
      // content is compared.
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
