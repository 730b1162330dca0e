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

/** Reads a TMDB file and sends its films to Solr. Running it twice has no effect. */
public record TmdbIndexer(SolrTarget target, int batchSize) {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);

  /** Creates the progress display for a file size in bytes. */
  @FunctionalInterface
  public interface Watch {
    Progress of(long size);
  }

  /**
   * Indexes the file and commits.
   *
   * @throws CommandException if the file cannot be read completely or Solr rejects it; the films
   *     read before are indexed
   */
  public IndexReport index(Path path, Watch watch) throws IOException {
    try (TmdbFile file = open(path);
        SolrClient client = target.connect()) {
      // Fails before a long file is read.
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
                "%s, %s. Films indexed before this place: %,d.",
                path,
                describe(e),
                report.indexed()),
            e);
      } catch (CommandException e) {
        throw new CommandException(
            String.format(
                Locale.ROOT,
                "%s. Films sent before: %,d; sending them again has no effect.",
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
      throw new CommandException("'" + path + "' is a directory; specify the tmdb.json in it");
    }
    try {
      return TmdbFile.open(path);
    } catch (NoSuchFileException e) {
      throw new CommandException("no such file: " + path, e);
    } catch (AccessDeniedException e) {
      throw new CommandException("no permission to read " + path, e);
    } catch (IOException e) {
      throw new CommandException(path + ": " + e.getMessage(), e);
    }
  }

  private static String describe(IOException failure) {
    if (failure instanceof JsonProcessingException json) {
      return TmdbReader.describe(json);
    }
    return "cannot unpack the file: " + failure.getMessage();
  }
}
