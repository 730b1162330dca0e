// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.fetch.download;

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
 * Fetches files, each into a {@code .part} beside its place, where the next attempt goes on. What
 * stands in its place is whole, and what was asked for.
 */
public final class Download {

  /**
   * A file that is wanted.
   *
   * @param name for people
   * @param size -1 if it is not known
   * @param sha256 empty if it is not known
   * @param gitBlob the id that Git gives these contents; empty if it is not known
   */
  public record Item(
      String name, URI uri, long size, Optional<String> sha256, Optional<String> gitBlob) {

    public Item(String name, URI uri, long size, Optional<String> sha256) {
      this(name, uri, size, sha256, Optional.empty());
    }
  }

  /**
   * A file that has come.
   *
   * @param commit of the repository, if the hub said it
   * @param stated whether the server stated the SHA-256, which is then that of the file
   * @param next the URL of the next page, if the file is a page of a list
   */
  public record Fetched(
      Checksum checksum, Optional<String> commit, boolean stated, Optional<String> next) {}

  /** Makes the progress display of a file of which a part may be there. */
  @FunctionalInterface
  public interface Watch {
    Progress of(String name, long from, long size);
  }

  /** Waits: a moment of its own, so that tests need not. */
  @FunctionalInterface
  public interface Pauses {
    void sleep(Duration pause) throws InterruptedException;
  }

  private final Transfer transfer;
  private final Pauses pauses;

  public Download(Transfer transfer, Pauses pauses) {
    this.transfer = transfer;
    this.pauses = pauses;
  }

  /**
   * Fetches a file, going on with what is there of it.
   *
   * @throws CommandException when it is not to be had, or not what it should be; what came of it is
   *     kept in the first case and deleted in the other
   */
  public Fetched fetch(Item item, Path target) throws IOException {
    Files.createDirectories(target.getParent());
    PartFile partial = PartFile.of(target);
    boolean fresh = partial.size() == 0;
    Said said = transferAll(item, partial);
    Optional<String> problem = problem(item, partial.file(), said);
    if (problem.isPresent() && !fresh) {
      // Begun by an earlier run, maybe of another file: once more, from the beginning.
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

  /** What is wrong with what came, if something is. */
  private static Optional<String> problem(Item item, Path file, Said said) throws IOException {
    Checksum checksum = Checksum.of(file);
    if (item.size() >= 0 && checksum.size() != item.size()) {
      return Optional.of("has " + checksum.size() + " bytes and should have " + item.size());
    }
    if (item.gitBlob().isPresent()) {
      String blob = Checksum.gitBlob(file);
      if (!blob.equals(item.gitBlob().get())) {
        return Optional.of("is the Git blob " + blob + " and should be " + item.gitBlob().get());
      }
    }
    return item.sha256()
        .or(said::sha256)
        .filter(pinned -> !pinned.equals(checksum.sha256()))
        .map(pinned -> "has the sha256 " + checksum.sha256() + " and should have " + pinned);
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
            "the name "
                + item.uri().getHost()
                + " cannot be resolved: check the network connection."
                + " Behind a proxy, or without a network, see docs/models.md",
            failure);
      }
      if (failures >= Retry.ATTEMPTS) {
        throw new CommandException(
            item.uri()
                + ": "
                + reason(failure)
                + ". Run it again later: it continues where it stopped",
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
          item.uri() + ": " + reason(failure) + ", and asks to wait " + pause.toSeconds() + " s");
    }
    transfer.say(item.name() + ": " + reason(failure) + "; again in " + pause.toSeconds() + " s");
    try {
      pauses.sleep(pause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandException("interrupted", e);
    }
  }

  /** As java.net.http wraps it, up to the JDK at hand. */
  static boolean isNoNetwork(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnresolvedAddressException) {
        return true;
      }
    }
    return false;
  }

  /** What java.net.http says is short, if it says anything. */
  private static String reason(IOException failure) {
    if (failure instanceof Retry) {
      return failure.getMessage();
    }
    String message = failure.getMessage();
    return "the connection broke" + (message == null || message.isBlank() ? "" : ": " + message);
  }
}
