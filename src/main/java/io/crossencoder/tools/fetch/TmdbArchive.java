// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.fetch;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import io.crossencoder.tools.common.CommandException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** The two archives in the book's repository, and the file that is used from each. */
enum TmdbArchive {
  MOVIES("movies.tgz", "tmdb.json") {
    @Override
    String describe(Path file) throws IOException {
      return String.format(Locale.ROOT, "%,d records", records(file));
    }
  },
  JUDGMENTS("judgments.tgz", "ai_pow_search_judgments.txt") {
    @Override
    String describe(Path file) throws IOException {
      return String.format(Locale.ROOT, "%,d judgments", judgments(file));
    }
  };

  private static final JsonFactory JSON =
      JsonFactory.builder().enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS).build();

  private final String file;
  private final String contents;

  TmdbArchive(String file, String contents) {
    this.file = file;
    this.contents = contents;
  }

  /** Name of the archive. */
  String file() {
    return file;
  }

  /** Name of the file in the archive. */
  String contents() {
    return contents;
  }

  /**
   * Reads the unpacked file and counts its entries.
   *
   * @throws CommandException if the file is invalid
   */
  abstract String describe(Path file) throws IOException;

  /**
   * Unpacks the file. Only its simple name is compared and the target is fixed, so that paths in
   * the archive have no effect.
   *
   * @throws CommandException if this is not an archive or the file is missing; a damaged archive is
   *     deleted
   */
  void unpack(Path packed, Path to) throws IOException {
    Path part = to.resolveSibling(to.getFileName() + ".part");
    try (TarArchiveInputStream tar = open(packed)) {
      for (TarArchiveEntry entry; (entry = tar.getNextEntry()) != null; ) {
        if (isFile(entry) && nameOf(entry).equals(contents)) {
          Files.copy(tar, part, StandardCopyOption.REPLACE_EXISTING);
          describe(part);
          Files.move(part, to, StandardCopyOption.ATOMIC_MOVE);
          return;
        }
      }
    } catch (IOException | CommandException e) {
      Files.deleteIfExists(part);
      Files.delete(packed);
      throw new CommandException(
          packed + " is damaged and was deleted (" + e.getMessage() + "); run this command again",
          e);
    }
    throw new CommandException(packed + " has no " + contents);
  }

  private static TarArchiveInputStream open(Path packed) throws IOException {
    InputStream bytes = new BufferedInputStream(Files.newInputStream(packed), 1 << 16);
    try {
      return new TarArchiveInputStream(new GZIPInputStream(bytes, 1 << 16));
    } catch (IOException e) {
      bytes.close();
      throw e;
    }
  }

  /** The isFile() of the archive library returns true for links. */
  private static boolean isFile(TarArchiveEntry entry) {
    return entry.isFile() && !entry.isLink() && !entry.isSymbolicLink();
  }

  private static String nameOf(TarArchiveEntry entry) {
    return entry.getName().substring(entry.getName().lastIndexOf('/') + 1);
  }

  /** The JSON is one object keyed by id, or one array. */
  private static long records(Path file) throws IOException {
    try (JsonParser parser = JSON.createParser(Files.newInputStream(file))) {
      JsonToken first = parser.nextToken();
      if (first != JsonToken.START_OBJECT && first != JsonToken.START_ARRAY) {
        throw new CommandException(file + " is neither a JSON object nor an array");
      }
      long records = 0;
      for (JsonToken token = parser.nextToken(); !isEnd(token); token = parser.nextToken()) {
        if (token == JsonToken.FIELD_NAME) {
          parser.nextToken();
        }
        parser.skipChildren();
        records++;
      }
      return records;
    } catch (JsonProcessingException e) {
      throw new CommandException(file + " is not complete JSON: " + CommandException.reason(e), e);
    }
  }

  private static boolean isEnd(JsonToken token) {
    return token == null || token == JsonToken.END_OBJECT || token == JsonToken.END_ARRAY;
  }

  private static long judgments(Path file) throws IOException {
    try (Stream<String> lines = Files.lines(file)) {
      long count = lines.filter(line -> line.matches("[0-9]+\\s+qid:[0-9]+\\s.*")).count();
      if (count == 0) {
        throw new CommandException(file + " has no line such as \"4 qid:1 # 7555 rambo\"");
      }
      return count;
    }
  }
}
