// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.engine.natives;

import io.crossencoder.model.InstallationException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Explains why a native library does not load, with a remedy. */
public final class NativeFailure {

  /** Remedies by a part of the system's message; the first match is used. */
  private static final Map<String, String> HELP = new LinkedHashMap<>();

  static {
    String twoLoaders =
        "another class loader of this JVM has already loaded it. A node must have the plugin's JARs once,"
            + " in SOLR_HOME/lib: remove them from the lib directories of cores and from <lib>"
            + " directives (Solr 9), then restart Solr";
    HELP.put("already loaded in another classloader", twoLoaders);
    HELP.put(
        "access denied",
        "Solr's security manager does not permit it. Append the lines of the release's security.policy to"
            + " server/etc/security.policy, or start Solr with"
            + " SOLR_SECURITY_MANAGER_ENABLED=false");
    String noExec =
        "its directory is on a file system that is mounted noexec. Set another one with"
            + " -Dsolr.crossencoder.nativeDir=DIRECTORY";
    HELP.put("failed to map segment", noExec);
    HELP.put("Operation not permitted", noExec);
    String musl =
        "this system uses the C library musl, like Alpine, but the library requires glibc. Use"
            + " an image with glibc, such as the official solr images";
    HELP.put("ld-linux", musl);
    HELP.put("musl", musl);
    HELP.put("Error loading shared library", musl);
    HELP.put("Error relocating", musl);
    String tooOld =
        "the C or C++ library of this system is too old: glibc 2.34 is required (Debian 12,"
            + " Ubuntu 22.04, RHEL 9)";
    HELP.put("GLIBC", tooOld);
    HELP.put("CXXABI_", tooOld);
    HELP.put("libstdc++", "install the package with libstdc++.so.6 (libstdc++6 or libstdc++)");
    HELP.put("wrong ELF class", "the library was built for another processor than this JVM");
    HELP.put(
        "IllegalCallerException",
        "this JVM is configured to deny native code. Start it with --enable-native-access=ALL-UNNAMED");
  }

  private NativeFailure() {}

  /**
   * The exception for a failure whose cause is a native library.
   *
   * @param library name of the library for messages
   * @param failure original exception
   * @return the exception to throw; empty if no native library is the cause
   */
  public static Optional<InstallationException> of(String library, Throwable failure) {
    boolean linkage = false;
    StringBuilder said = new StringBuilder();
    for (Throwable each = failure; each != null; each = each.getCause()) {
      linkage |= each instanceof LinkageError || each instanceof SecurityException;
      said.append(each).append(". ");
    }
    if (!linkage) {
      return Optional.empty();
    }
    String help =
        HELP.entrySet().stream()
            .filter(entry -> said.indexOf(entry.getKey()) >= 0)
            .map(entry -> ": " + entry.getValue())
            .findFirst()
            .orElse("");
    return Optional.of(
        new InstallationException(
            "cannot load the native library of "
                + library
                + " from "
                + NativeLibraries.place()
                + help
                + ". System message: "
                + said.toString().strip(),
            failure));
  }
}
