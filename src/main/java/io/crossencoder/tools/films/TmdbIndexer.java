// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.films;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.crossencoder.tools.common.CommandException;
import io.crossencoder.tools.common.Progress;
import io.crossencoder.tools.common.SolrTarget;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import org.apache.solr.client.solrj.SolrClient;

/** Reads a TMDB file and sends its films to Solr. Doing so twice changes nothing. */
public final class TmdbIndexer {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);

  private final SolrTarget target;
  private final int batchSize;

  public TmdbIndexer(SolrTarget target, int batchSize) {
    this.target = target;
    this.batchSize = batchSize;
  }

  /** Makes the progress display of a file of so many bytes. */
  @FunctionalInterface
  public interface Watch {
    Progress of(long size);
  }

  /**
   * Indexes the file and commits.
   *
   * @throws CommandException when the file cannot be read to its end, or Solr does not take it;
   *     what was read until then is in the index
   */
  public IndexReport index(Path path, Watch watch) throws IOException {
    try (TmdbFile file = open(path);
        SolrClient client = target.connect()) {
      // To fail before a long file is read, not after its first batch.
      target.count(client);
      IndexReport report = new IndexReport();
      BatchSender sender = new BatchSender(client, target, batchSize, FIRST_PAUSE, report);
      try (Progress progress = watch.of(file.size())) {
        send(file, sender, report, progress);
      } catch (IOException e) {
        sender.flush();
        sender.commit();
        throw new CommandException(
            String.format(
                Locale.ROOT,
                "%s, %s. What came before is indexed: %,d films.",
                path,
                describe(e),
                report.indexed()),
            e);
      } catch (CommandException e) {
        throw new CommandException(
            String.format(
                Locale.ROOT,
                "%s. Sent before: %,d films; sending them again does no harm.",
                e.getMessage(),
                report.indexed()),
            e);
      }
      sender.commit();
      return report;
    }
  }

  private static void send(TmdbFile file, BatchSender sender, IndexReport report, Progress progress)
      throws IOException {
    try (TmdbReader reader = new TmdbReader(file.json())) {
      long records = 0;
      for (TmdbRecord record; (record = reader.next()) != null; ) {
        if (record instanceof TmdbRecord.Film film) {
          film.leftOut().forEach(report::leftOut);
          sender.add(film.document());
        } else if (record instanceof TmdbRecord.Skipped skipped) {
          report.skipped(skipped);
        }
        progress.at(file.position(), ++records);
      }
      sender.flush();
    }
  }

  private static TmdbFile open(Path path) {
    if (Files.isDirectory(path)) {
      throw new CommandException(path + " is a directory: name the tmdb.json in it");
    }
    try {
      return TmdbFile.open(path);
    } catch (NoSuchFileException e) {
      throw new CommandException("no such file: " + path, e);
    } catch (AccessDeniedException e) {
      throw new CommandException("not allowed to read " + path, e);
    } catch (IOException e) {
      throw new CommandException(path + ": " + e.getMessage(), e);
    }
  }

  private static String describe(IOException failure) {
    if (failure instanceof JsonProcessingException json) {
      return TmdbReader.describe(json);
    }
    return "cannot be unpacked: " + failure.getMessage();
  }
}
