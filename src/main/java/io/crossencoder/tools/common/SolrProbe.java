// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.common;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Detects what runs on a port of 127.0.0.1. */
public final class SolrProbe {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(2))
          .build();
  private final int port;

  public SolrProbe(int port) {
    this.port = port;
  }

  /**
   * A running Solr.
   *
   * @param home its Solr home directory
   * @param uptime of its JVM
   * @param cores number of documents by name of core
   */
  public record Node(Path home, Duration uptime, Map<String, Long> cores) {}

  public String url() {
    return "http://127.0.0.1:" + port + "/solr";
  }

  /** Whether the port is free. */
  public boolean isPortFree() {
    try (ServerSocket socket = new ServerSocket()) {
      // Like Jetty: otherwise the port is in use for a minute after its server stopped.
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** The Solr on the port; empty if there is no response, or it is another program. */
  public Optional<Node> node() {
    Optional<JsonNode> system =
        get("/admin/info/system?wt=json").filter(info -> info.has("solr_home"));
    Optional<JsonNode> cores = system.flatMap(info -> get("/admin/cores?action=STATUS&wt=json"));
    if (cores.isEmpty()) {
      return Optional.empty();
    }
    Map<String, Long> documents = new TreeMap<>();
    for (JsonNode core : cores.get().path("status")) {
      documents.put(core.path("name").asText(), core.path("index").path("numDocs").asLong());
    }
    return Optional.of(
        new Node(
            Path.of(system.get().get("solr_home").asText()),
            Duration.ofMillis(system.get().at("/jvm/jmx/upTimeMS").asLong()),
            documents));
  }

  /** Whether a core responds to a search. */
  public boolean answers(String core) {
    return get("/" + core + "/admin/ping?wt=json").isPresent();
  }

  /** The status of the node's models; empty if no core has the handler. */
  public Optional<JsonNode> crossEncoder(Node node) {
    return node.cores().keySet().stream()
        .flatMap(core -> get("/" + core + "/crossencoder/status?wt=json").stream())
        .findFirst();
  }

  private Optional<JsonNode> get(String path) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url() + path)).timeout(Duration.ofSeconds(10)).build();
    try {
      HttpResponse<String> response =
          client.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
      return response.statusCode() == 200
          ? Optional.of(JSON.readTree(response.body()))
          : Optional.empty();
    } catch (IOException e) {
      // No response, not HTTP, or not JSON: this is not Solr.
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
