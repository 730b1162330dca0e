// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.fetch.download;

import static org.junit.Assert.assertEquals;

import io.crossencoder.tools.common.Checksum;
import io.crossencoder.tools.common.Progress;
import io.crossencoder.tools.fetch.TestHub;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.Before;
import org.junit.Rule;
import org.junit.rules.TemporaryFolder;

/** A file on a test Hub, and its download. */
public abstract class DownloadTestCase {

  static final byte[] CONTENT = bytes("0123456789");
  static final String PATH = "/model.onnx";

  @Rule public final TestHub hub = new TestHub();
  @Rule public final TestHub cdn = new TestHub();
  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  final List<Long> pauses = new ArrayList<>();
  final List<String> said = new ArrayList<>();
  Path target;

  @Before
  public void serve() {
    hub.put(PATH, CONTENT);
    target = folder.getRoot().toPath().resolve("onnx/model.onnx");
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  Download download(Duration patience) {
    Http http = new Http(hub.url(), Optional.of("secret"));
    Transfer transfer =
        new Transfer(http, patience, (name, from, size) -> Progress.NONE, said::add);
    return new Download(transfer, pause -> pauses.add(pause.toSeconds()));
  }

  Download.Fetched fetch(long size, Optional<String> sha256) throws IOException {
    Download.Item item = new Download.Item("model.onnx", hub.url(PATH), size, sha256);
    return download(Duration.ofMinutes(1)).fetch(item, target);
  }

  Download.Fetched fetch() throws IOException {
    return fetch(CONTENT.length, Optional.of(hash(CONTENT)));
  }

  String hash(byte[] content) throws IOException {
    return Checksum.of(Files.write(folder.newFile().toPath(), content)).sha256();
  }

  List<String> left() throws IOException {
    try (Stream<Path> files = Files.list(target.getParent())) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  void assertArrived() throws IOException {
    assertEquals("0123456789", Files.readString(target));
    assertEquals(List.of("model.onnx"), left());
  }
}
