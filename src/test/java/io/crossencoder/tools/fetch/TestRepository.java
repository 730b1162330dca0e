// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.fetch;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crossencoder.tools.common.Checksum;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A directory served as a repository of the Hub: the API lists its files in pages; small files come
 * from the Hub, large ones (ONNX files and weights) from a redirect that states their SHA-256.
 */
final class TestRepository {
  static final String COMMIT = "89abcdef0123456789abcdef0123456789abcdef";
  private static final int PAGE = 4;

  private final TestHub hub;
  private final String name;
  private final Path directory;
  private final ArrayNode entries = new JsonMapper().createArrayNode();

  private TestRepository(TestHub hub, String name, Path directory) {
    this.hub = hub;
    this.name = name;
    this.directory = directory;
  }

  /** Serves the current files of the directory. */
  static void serve(TestHub hub, String name, Path directory) throws IOException {
    TestRepository repository = new TestRepository(hub, name, directory);
    hub.put(
        "/api/models/" + name + "/revision/main",
        json(
            """
            {"id": "NAME", "sha": "COMMIT", "gated": false, "pipeline_tag": "text-ranking",
             "cardData": {"license": "apache-2.0", "language": ["en"]}}
            """
                .replace("NAME", name)
                .replace("COMMIT", COMMIT)));
    List<Path> files = new ArrayList<>();
    try (Stream<Path> tree = Files.walk(directory)) {
      tree.filter(Files::isRegularFile).sorted().forEach(files::add);
    }
    for (Path file : files) {
      repository.add(file);
    }
    repository.serveTree();
  }

  private void add(Path file) throws IOException {
    String path = directory.relativize(file).toString();
    byte[] content = Files.readAllBytes(file);
    Checksum checksum = Checksum.of(file);
    ObjectNode entry = entries.addObject().put("type", "file").put("path", path);
    String url = "/" + name + "/resolve/" + COMMIT + "/" + path;
    if (path.matches(".*\\.(onnx|onnx_data|safetensors)")) {
      String cdn = "/cdn/" + checksum.sha256();
      // The id is that of the pointer, which is not downloaded.
      entry.put("oid", "0".repeat(40)).put("size", checksum.size());
      entry.putObject("lfs").put("oid", checksum.sha256()).put("size", checksum.size());
      hub.reply(
          url,
          TestHub.status(
              302,
              "Location",
              hub.url(cdn).toString(),
              "X-Repo-Commit",
              COMMIT,
              "X-Linked-Etag",
              "\"" + checksum.sha256() + "\""));
      hub.put(cdn, content);
    } else {
      entry.put("oid", Checksum.gitBlob(file)).put("size", checksum.size());
      hub.put(url, content);
    }
  }

  /** Pages like those of the Hub: the header Link contains the URL of the next one. */
  private void serveTree() {
    String tree = "/api/models/" + name + "/tree/" + COMMIT;
    hub.reply(
        tree,
        exchange -> {
          String query = exchange.getRequestURI().getQuery();
          int from = query.contains("cursor=") ? Integer.parseInt(query.replaceAll("\\D", "")) : 0;
          ArrayNode page = new JsonMapper().createArrayNode();
          // Folders are listed, too.
          page.addObject().put("type", "directory").put("path", "onnx");
          for (int i = from; i < Math.min(from + PAGE, entries.size()); i++) {
            page.add(entries.get(i));
          }
          if (from + PAGE < entries.size()) {
            String next = "https://hub.example" + tree + "?recursive=true&cursor=" + (from + PAGE);
            exchange.getResponseHeaders().set("Link", "<" + next + ">; rel=\"next\"");
          }
          TestHub.chunked(json(page.toString())).to(exchange);
        });
  }

  private static byte[] json(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
