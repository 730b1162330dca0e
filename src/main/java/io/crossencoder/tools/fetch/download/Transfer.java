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

/** One attempt to get the rest of a file. */
public final class Transfer {
  private final Http http;
  private final Duration patience;
  private final Download.Watch watch;
  private final Consumer<String> log;

  /**
   * @param patience how long a body may be silent
   * @param log for what a user should know before it is over
   */
  public Transfer(Http http, Duration patience, Download.Watch watch, Consumer<String> log) {
    this.http = http;
    this.patience = patience;
    this.watch = watch;
    this.log = log;
  }

  void say(String line) {
    log.accept(line);
  }

  /**
   * Adds what is missing.
   *
   * @return what the server said of the file
   * @throws Http.Refusal if asking again is of no use
   * @throws IOException if it may be
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
        throw new Http.Refusal(
            item.uri() + " has " + size + " bytes and should have " + item.size());
      }
      receive(item, body, partial.file(), have, size);
    }
    return answer.said();
  }

  /** How many bytes can be gone on from; what cannot is deleted. */
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
      throw new Retry("the server sent another range than was asked for", Optional.empty());
    }
    if (status == 416) {
      partial.delete();
      throw new Retry("the part that was there is no part of it", Optional.empty());
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
          " is not given to everybody ("
              + status
              + "): check the name, agree to the model's terms on the hub, then set HF_TOKEN";
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
          throw new Http.Refusal(
              item.uri() + " has more than the " + size + " bytes it should have");
        }
        progress.at(at, 0);
      }
      // So that no power cut makes an empty file of one that was renamed.
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
