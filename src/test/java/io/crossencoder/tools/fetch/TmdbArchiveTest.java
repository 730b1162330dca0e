// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.fetch;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import io.crossencoder.tools.common.CommandException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class TmdbArchiveTest {
  private static final String FILMS = "{\"1\":{\"title\":\"x\"},\"2\":null}";

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private Path unpack(TmdbArchive archive, byte[] packed) throws IOException {
    Path data = folder.getRoot().toPath().resolve("data");
    Files.createDirectories(data);
    archive.unpack(
        Files.write(data.resolve(archive.file()), packed), data.resolve(archive.contents()));
    return data.resolve(archive.contents());
  }

  private String failure(byte[] packed) {
    return assertThrows(CommandException.class, () -> unpack(TmdbArchive.MOVIES, packed))
        .getMessage();
  }

  @Test
  public void theFilmsAreTakenOutAndCounted() throws IOException {
    Path films =
        unpack(TmdbArchive.MOVIES, TmdbArchives.tgz("README", "#", "./data/tmdb.json", FILMS));
    assertEquals(FILMS, Files.readString(films));
    assertEquals("2 records", TmdbArchive.MOVIES.describe(films));
  }

  @Test
  public void theJudgmentsAreTakenOutAndCounted() throws IOException {
    String text = "# qid:1: rambo*1\n\n4\tqid:1\t # 7555\trambo\n0\tqid:1\t # 1\trambo\n";
    Path file =
        unpack(TmdbArchive.JUDGMENTS, TmdbArchives.tgz("ai_pow_search_judgments.txt", text));
    assertEquals("2 judgments", TmdbArchive.JUDGMENTS.describe(file));
  }

  @Test
  public void aPathInAnArchiveLeadsNowhere() throws IOException {
    unpack(TmdbArchive.MOVIES, TmdbArchives.tgz("../../evil.txt", "x", "/../../tmdb.json", FILMS));
    assertEquals(
        List.of("movies.tgz", "tmdb.json"),
        Stream.of(folder.getRoot().toPath().resolve("data").toFile().list()).sorted().toList());
    assertFalse(Files.exists(folder.getRoot().toPath().resolve("tmdb.json")));
  }

  @Test
  public void aLinkOfThatNameIsNotTheFile() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(bytes))) {
      TarArchiveEntry link = new TarArchiveEntry("tmdb.json", TarConstants.LF_SYMLINK);
      link.setLinkName("/etc/passwd");
      tar.putArchiveEntry(link);
      tar.closeArchiveEntry();
    }
    assertTrue(failure(bytes.toByteArray()).endsWith("movies.tgz has no tmdb.json"));
  }

  @Test
  public void aBrokenArchiveIsDeletedSoThatItIsFetchedAgain() throws IOException {
    byte[] whole = TmdbArchives.tgz("tmdb.json", FILMS);
    for (byte[] broken :
        List.of(
            Arrays.copyOf(whole, whole.length / 2),
            "<html>".getBytes(StandardCharsets.UTF_8),
            TmdbArchives.tgz("tmdb.json", "{\"1\":{"),
            TmdbArchives.tgz("tmdb.json", "\"text\""))) {
      String message = failure(broken);
      assertTrue(message, message.contains("movies.tgz is damaged and was deleted ("));
      assertEquals(0, folder.getRoot().toPath().resolve("data").toFile().list().length);
    }
  }
}
