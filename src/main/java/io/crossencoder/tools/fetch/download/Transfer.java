// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.fetch.download;

import io.crossencoder.tools.common.Progress;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One attempt to download the rest of a file.
 *
 * @param patience timeout while reading a body
 * @param log receives messages during the download
 */
public record Transfer(Http http, Duration patience, Download.Watch watch, Consumer<String> log) {

  void say(String line) {
    log.accept(line);
  }

  /**
   * Downloads the missing part.
   *
   * @return the properties that the server stated
   * @throws Http.Refusal if a retry is useless
   * @throws IOException if a retry can succeed
   */
  Said run(Download.Item item, PartFile partial) throws IOException {
    if (item.uri().getScheme().equalsIgnoreCase("file")) {
      copy(item, partial);
      return Said.NOTHING;
    }
    long have = resumable(item, partial);
    if (have > 0 && have == item.size()) {
      return Said.NOTHING;
    }
    Http.Answer answer = http.get(item.uri(), have, partial.etag());
    HttpResponse<InputStream> response = answer.response();
    try (StallGuard body = new StallGuard(response.body(), patience)) {
      check(item, partial, response, have);
      if (response.statusCode() == 200) {
        have = 0;
        partial.begin(response.headers().firstValue("ETag"));
      }
      long length = response.headers().firstValueAsLong("Content-Length").orElse(-1);
      long size = length < 0 ? item.size() : have + length;
      if (item.size() >= 0 && size != item.size()) {
        partial.delete();
        throw new Http.Refusal(item.uri() + " has " + size + " bytes instead of " + item.size());
      }
      receive(item, body, partial.file(), have, size);
    }
    return answer.said();
  }

  /** Number of usable bytes; an unusable part is deleted. */
  private static long resumable(Download.Item item, PartFile partial) throws IOException {
    long have = partial.size();
    boolean checked =
        item.sha256().isPresent() || item.gitBlob().isPresent() || partial.etag().isPresent();
    if (have > 0 && (!checked || (item.size() >= 0 && have > item.size()))) {
      partial.delete();
      return 0;
    }
    return have;
  }

  private static void check(
      Download.Item item, PartFile partial, HttpResponse<InputStream> response, long have)
      throws IOException {
    int status = response.statusCode();
    if (status == 200) {
      return;
    }
    if (status == 206) {
      String range = response.headers().firstValue("Content-Range").orElse("");
      if (have > 0 && range.startsWith("bytes " + have + "-")) {
        return;
      }
      partial.delete();
      throw new Retry("the server returned another range than requested", Optional.empty());
    }
    if (status == 416) {
      partial.delete();
      throw new Retry("the present part does not belong to this file", Optional.empty());
    }
    if (Retry.isPassing(status)) {
      throw new Retry(
          "the server returned " + status, Retry.after(response.headers(), Instant.now()));
    }
    throw new Http.Refusal(item.uri() + meaning(status));
  }

  private static String meaning(int status) {
    return switch (status) {
      case 401, 403 ->
          " is not public ("
              + status
              + "); check the name, accept the terms of the model on the Hub, then set HF_TOKEN";
      case 404, 410 -> " not found (" + status + ")";
      default -> ": the server returned " + status;
    };
  }

  private void receive(Download.Item item, StallGuard body, Path file, long from, long size)
      throws IOException {
    byte[] block = new byte[1 << 16];
    long at = from;
    try (FileChannel out =
            FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        Progress progress = watch.of(item.name(), from, size)) {
      out.truncate(from).position(from);
      for (int n = body.read(block); n >= 0; n = body.read(block)) {
        out.write(ByteBuffer.wrap(block, 0, n));
        at += n;
        if (size >= 0 && at > size) {
          throw new Http.Refusal(item.uri() + " has more than the expected " + size + " bytes");
        }
        progress.at(at, 0);
      }
      // Otherwise a power failure after the rename could leave an empty file.
      out.force(true);
    }
    if (at < size) {
      throw new Retry("the connection ended after " + at + " bytes", Optional.empty());
    }
  }

  private static void copy(Download.Item item, PartFile partial) throws IOException {
    partial.delete();
    try (InputStream in = Files.newInputStream(Path.of(item.uri()))) {
      Files.copy(in, partial.file());
    } catch (NoSuchFileException e) {
      throw new Http.Refusal(Path.of(item.uri()) + " not found");
    }
  }
}
