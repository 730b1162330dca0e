// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.fetch.download;

import io.crossencoder.tools.common.Checksum;
import io.crossencoder.tools.common.CommandException;
import io.crossencoder.tools.common.Progress;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Optional;

/**
 * Downloads files, each to a {@code .part} file, from which an interrupted download is resumed. The
 * final file is always complete and verified.
 */
public record Download(Transfer transfer, Pauses pauses) {

  /**
   * A file to download.
   *
   * @param name name for output
   * @param size -1 if unknown
   * @param sha256 empty if unknown
   * @param gitBlob Git hash of the content; empty if unknown
   */
  public record Item(
      String name, URI uri, long size, Optional<String> sha256, Optional<String> gitBlob) {

    public Item(String name, URI uri, long size, Optional<String> sha256) {
      this(name, uri, size, sha256, Optional.empty());
    }
  }

  /**
   * A downloaded file.
   *
   * @param commit commit of the repository, if the Hub stated it
   * @param stated whether the server stated the SHA-256, which was then verified
   * @param next URL of the next page, if the file is a page of a list
   */
  public record Fetched(
      Checksum checksum, Optional<String> commit, boolean stated, Optional<String> next) {}

  /** Creates the progress display for a partially present file. */
  @FunctionalInterface
  public interface Watch {
    Progress of(String name, long from, long size);
  }

  /** Sleeps; replaced in tests. */
  @FunctionalInterface
  public interface Pauses {
    void sleep(Duration pause) throws InterruptedException;
  }

  /**
   * Downloads a file; resumes from its {@code .part} file.
   *
   * @throws CommandException if the file is not available (the part is kept) or invalid (the part
   *     is deleted)
   */
  public Fetched fetch(Item item, Path target) throws IOException {
    Files.createDirectories(target.getParent());
    PartFile partial = PartFile.of(target);
    boolean fresh = partial.size() == 0;
    Said said = transferAll(item, partial);
    Optional<String> problem = problem(item, partial.file(), said);
    if (problem.isPresent() && !fresh) {
      // The part may be of another file: one more attempt from the start.
      partial.delete();
      said = transferAll(item, partial);
      problem = problem(item, partial.file(), said);
    }
    if (problem.isPresent()) {
      partial.delete();
      throw new CommandException(item.uri() + " " + problem.get());
    }
    Checksum checksum = Checksum.of(partial.file());
    Files.move(partial.file(), target, StandardCopyOption.ATOMIC_MOVE);
    partial.delete();
    return new Fetched(checksum, said.commit(), said.sha256().isPresent(), said.next());
  }

  /** The reason why the downloaded file is invalid, if it is. */
  private static Optional<String> problem(Item item, Path file, Said said) throws IOException {
    Checksum checksum = Checksum.of(file);
    if (item.size() >= 0 && checksum.size() != item.size()) {
      return Optional.of("has " + checksum.size() + " bytes instead of " + item.size());
    }
    if (item.gitBlob().isPresent()) {
      String blob = Checksum.gitBlob(file);
      if (!blob.equals(item.gitBlob().get())) {
        return Optional.of("has the Git hash " + blob + " instead of " + item.gitBlob().get());
      }
    }
    return item.sha256()
        .or(said::sha256)
        .filter(pinned -> !pinned.equals(checksum.sha256()))
        .map(pinned -> "has the SHA-256 " + checksum.sha256() + " instead of " + pinned);
  }

  private Said transferAll(Item item, PartFile partial) throws IOException {
    for (int failures = 0; ; ) {
      long before = partial.size();
      IOException failure;
      try {
        return transfer.run(item, partial);
      } catch (Http.Refusal e) {
        throw new CommandException(e.getMessage(), e);
      } catch (IOException e) {
        failure = e;
      }
      failures = partial.size() > before ? 1 : failures + 1;
      if (isNoNetwork(failure)) {
        throw new CommandException(
            "the host name "
                + item.uri().getHost()
                + " cannot be resolved; check the network connection."
                + " Behind a proxy, or without a network, see docs/models.md",
            failure);
      }
      if (failures >= Retry.ATTEMPTS) {
        throw new CommandException(
            item.uri()
                + ": "
                + reason(failure)
                + ". Run the command again later to resume the download",
            failure);
      }
      pause(item, failure, failures);
    }
  }

  private void pause(Item item, IOException failure, int failures) throws IOException {
    Duration pause =
        failure instanceof Retry retry && retry.wanted().isPresent()
            ? retry.wanted().get()
            : Retry.pause(failures);
    if (pause.compareTo(Retry.MAX_PATIENCE) > 0) {
      throw new CommandException(
          item.uri()
              + ": "
              + reason(failure)
              + "; the server asks to wait "
              + pause.toSeconds()
              + " s");
    }
    transfer.say(
        item.name() + ": " + reason(failure) + "; retrying in " + pause.toSeconds() + " s");
    try {
      pauses.sleep(pause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandException("interrupted", e);
    }
  }

  /** The exception differs between JDK versions. */
  static boolean isNoNetwork(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnresolvedAddressException) {
        return true;
      }
    }
    return false;
  }

  /** The messages of java.net.http are short or missing. */
  private static String reason(IOException failure) {
    if (failure instanceof Retry) {
      return failure.getMessage();
    }
    String message = failure.getMessage();
    return "the connection failed" + (message == null || message.isBlank() ? "" : ": " + message);
  }
}
