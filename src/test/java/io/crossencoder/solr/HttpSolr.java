// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.crossencoder.Http;
import io.crossencoder.engine.ModelRegistry;
import io.crossencoder.solr.models.NodeRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.solr.client.solrj.SolrClient;
import org.apache.solr.core.CoreContainer;
import org.apache.solr.embedded.JettyConfig;
import org.apache.solr.embedded.JettySolrRunner;

/** A Solr over HTTP, with the responses that an administrator sees. */
final class HttpSolr implements AutoCloseable {

  /** A response. */
  record Answer(int status, JsonObject json) {

    /** The message of an error. */
    String error() {
      return json.getAsJsonObject("error").get("msg").getAsString();
    }

    /** The ids of the page in order. */
    List<String> ids() {
      return json.getAsJsonObject("response").getAsJsonArray("docs").asList().stream()
          .map(hit -> hit.getAsJsonObject().get("id").getAsString())
          .toList();
    }

    /** The score of the best hit. */
    float best() {
      return json.getAsJsonObject("response")
          .getAsJsonArray("docs")
          .get(0)
          .getAsJsonObject()
          .get("score")
          .getAsFloat();
    }

    String section(String name) {
      return json.getAsJsonObject("crossEncoder").get(name).getAsString();
    }
  }

  private final JettySolrRunner jetty;

  private HttpSolr(JettySolrRunner jetty) {
    this.jetty = jetty;
  }

  static HttpSolr start(Path home) throws Exception {
    JettySolrRunner jetty =
        new JettySolrRunner(home.toString(), JettyConfig.builder().setPort(0).build());
    jetty.start();
    return new HttpSolr(jetty);
  }

  /** A node of a cluster, which this object does not close. */
  static HttpSolr of(JettySolrRunner node) {
    return new HttpSolr(node);
  }

  /** Indexes the bundled films. */
  void index(String core) throws Exception {
    try (SolrClient client = jetty.newClient()) {
      client.add(core, FilmsTestCase.films());
      client.commit(core);
    }
  }

  /** Sends {@code GET}, {@code PUT} or {@code DELETE} to a path below {@code /solr}. */
  Answer ask(String method, String path, String body) {
    var request =
        HttpRequest.newBuilder(URI.create(jetty.getBaseUrl() + path))
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body));
    try {
      var response = Http.send(request);
      return new Answer(
          response.statusCode(), JsonParser.parseString(response.body()).getAsJsonObject());
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(method + " " + path, e);
    }
  }

  Answer get(String path) {
    return ask("GET", path, "");
  }

  /** Searches with pairs of parameter and value. */
  Answer select(String core, String... params) {
    return get(
        IntStream.range(0, params.length / 2)
            .mapToObj(i -> params[2 * i] + "=" + encoded(params[2 * i + 1]))
            .collect(Collectors.joining("&", "/" + core + "/select?wt=json&", "")));
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** An action of the core admin. */
  Answer admin(String action, String core, String... params) {
    String more =
        IntStream.range(0, params.length / 2)
            .mapToObj(i -> "&" + params[2 * i] + "=" + encoded(params[2 * i + 1]))
            .collect(Collectors.joining());
    return get("/admin/cores?action=" + action + "&core=" + core + more);
  }

  /** Reloads a collection. */
  Answer reload(String collection) {
    return get("/admin/collections?action=RELOAD&name=" + collection);
  }

  CoreContainer node() {
    return jetty.getCoreContainer();
  }

  Path home() {
    return Path.of(jetty.getSolrHome());
  }

  ModelRegistry registry() {
    return NodeRegistry.of(node());
  }

  @Override
  public void close() {
    try {
      jetty.stop();
    } catch (Exception e) {
      throw new AssertionError("Solr does not stop", e);
    }
  }
}
