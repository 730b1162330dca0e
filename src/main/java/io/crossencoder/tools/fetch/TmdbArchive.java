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

/** The two archives of the book's repository, and the one file in each that is of use. */
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

  /** The archive's name. */
  String file() {
    return file;
  }

  /** The name of what is in it. */
  String contents() {
    return contents;
  }

  /**
   * Reads the unpacked file to its end and counts.
   *
   * @throws CommandException if it is not what it should be
   */
  abstract String describe(Path file) throws IOException;

  /**
   * Takes the one file out. Only its last name counts and the place is given, so that no path in an
   * archive leads anywhere.
   *
   * @throws CommandException if it is no archive or has no such file; a broken one is deleted
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
          packed + " is broken and was deleted (" + e.getMessage() + "): run it again", e);
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

  /** The archive's own isFile() takes links for files. */
  private static boolean isFile(TarArchiveEntry entry) {
    return entry.isFile() && !entry.isLink() && !entry.isSymbolicLink();
  }

  private static String nameOf(TarArchiveEntry entry) {
    return entry.getName().substring(entry.getName().lastIndexOf('/') + 1);
  }

  /** Of one object keyed by id, or one array. */
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
        throw new CommandException(file + " has no line like \"4 qid:1 # 7555 rambo\"");
      }
      return count;
    }
  }
}
