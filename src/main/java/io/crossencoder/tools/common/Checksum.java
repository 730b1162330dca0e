// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.common;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Size and hash of a file.
 *
 * @param size in bytes
 * @param sha256 in lower-case hex
 */
public record Checksum(long size, String sha256) {

  public static Checksum of(Path file) throws IOException {
    MessageDigest digest = digest("SHA-256");
    long size = update(digest, file);
    return new Checksum(size, HexFormat.of().formatHex(digest.digest()));
  }

  /** The Git hash of a file's content, which the Hub states for files without a SHA-256. */
  public static String gitBlob(Path file) throws IOException {
    MessageDigest digest = digest("SHA-1");
    digest.update(("blob " + Files.size(file) + "\0").getBytes(StandardCharsets.US_ASCII));
    update(digest, file);
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest digest(String algorithm) {
    try {
      return MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has " + algorithm, e);
    }
  }

  private static long update(MessageDigest digest, Path file) throws IOException {
    long size = 0;
    byte[] block = new byte[1 << 16];
    try (InputStream in = Files.newInputStream(file)) {
      for (int n = in.read(block); n >= 0; n = in.read(block)) {
        digest.update(block, 0, n);
        size += n;
      }
    }
    return size;
  }
}
