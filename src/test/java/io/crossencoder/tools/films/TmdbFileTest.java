// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.films;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public final class TmdbFileTest {
  private static final String JSON = "{\"1\":{\"title\":\"x\"}}";

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private Path write(String name, byte[] bytes) throws IOException {
    return Files.write(folder.getRoot().toPath().resolve(name), bytes);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(zipped)) {
      out.write(bytes);
    }
    return zipped.toByteArray();
  }

  /** Alternating names and contents. */
  private static byte[] tar(String... entries) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
      for (int i = 0; i < entries.length; i += 2) {
        TarArchiveEntry entry = new TarArchiveEntry(entries[i]);
        byte[] content = utf8(entries[i + 1]);
        entry.setSize(content.length);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
      }
    }
    return bytes.toByteArray();
  }

  private static String json(Path path) throws IOException {
    try (TmdbFile file = TmdbFile.open(path)) {
      return new String(file.json().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  public void plainJsonIsReadAsItIs() throws IOException {
    assertEquals(JSON, json(write("tmdb.json", utf8(JSON))));
  }

  @Test
  public void gzipIsKnownByItsBytesAndNotItsName() throws IOException {
    assertEquals(JSON, json(write("tmdb.json", gzip(utf8(JSON)))));
  }

  @Test
  public void plainJsonMayBeMisnamedAsGzip() throws IOException {
    assertEquals(JSON, json(write("tmdb.json.gz", utf8(JSON))));
  }

  @Test
  public void anArchivesTmdbJsonIsTakenFromAmongOthers() throws IOException {
    byte[] tar = tar("a.json", "[]", "data/tmdb.json", JSON, "z.json", "[]");
    assertEquals(JSON, json(write("tmdb.tgz", gzip(tar))));
  }

  @Test
  public void anArchivesOnlyJsonIsTakenWhateverItsName() throws IOException {
    byte[] tar = tar("README.md", "#", "films.json", JSON, "._films.json", "resource fork");
    assertEquals(JSON, json(write("films.tar.gz", gzip(tar))));
  }

  @Test
  public void aTarNeedNotBeZipped() throws IOException {
    assertEquals(JSON, json(write("tmdb.tar", tar("tmdb.json", JSON))));
  }

  @Test
  public void anArchiveOfSeveralOtherJsonFilesIsRefused() throws IOException {
    Path path = write("films.tgz", gzip(tar("a.json", "{}", "b.json", "{}")));
    assertEquals(
        "the archive contains several .json files and none is tmdb.json: [a.json, b.json]",
        assertThrows(IOException.class, () -> TmdbFile.open(path)).getMessage());
  }

  @Test
  public void anArchiveWithoutJsonIsRefused() throws IOException {
    Path path = write("films.tgz", gzip(tar("a.txt", "{}")));
    assertEquals(
        "the archive contains no .json file",
        assertThrows(IOException.class, () -> TmdbFile.open(path)).getMessage());
  }

  @Test
  public void anEmptyFileHasNoBytes() throws IOException {
    assertEquals("", json(write("tmdb.json", new byte[0])));
  }

  @Test
  public void aGzipCutShortFailsWhileItIsRead() throws IOException {
    byte[] whole = gzip(utf8(JSON));
    Path path = write("tmdb.json.gz", Arrays.copyOf(whole, whole.length - 12));
    assertThrows(IOException.class, () -> json(path));
  }

  @Test
  public void aMissingFileIsNamed() {
    assertThrows(
        NoSuchFileException.class,
        () -> TmdbFile.open(folder.getRoot().toPath().resolve("no.json")));
  }

  @Test
  public void positionEndsAtTheSizeOnDisk() throws IOException {
    try (TmdbFile file = TmdbFile.open(write("tmdb.json.gz", gzip(utf8(JSON))))) {
      file.json().readAllBytes();
      assertEquals(file.size(), file.position());
    }
  }
}
