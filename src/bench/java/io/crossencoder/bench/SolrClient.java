// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;

/** Searches a collection of a Solr node on this machine. Thread-safe. */
final class SolrClient {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private final URI select;

  /**
   * A client of one collection.
   *
   * @throws IllegalArgumentException if Solr runs on another machine, because a load test must not
   *     overload the server of somebody else
   */
  SolrClient(URI solr, String collection) {
    if (!"http".equals(solr.getScheme()) || !"127.0.0.1".equals(solr.getHost())) {
      throw new IllegalArgumentException(
          solr + ": only a Solr on http://127.0.0.1 is put under load");
    }
    select = URI.create(solr.toString().replaceFirst("/+$", "") + "/" + collection + "/select");
  }

  /**
   * A response.
   *
   * @param status HTTP status
   * @param millis time until the whole response was read
   */
  record Reply(int status, double millis, JsonNode body) {

    /** QTime of Solr, which does not include writing the response. */
    int qTime() {
      return body.at("/responseHeader/QTime").asInt();
    }

    JsonNode documents() {
      return body.at("/response/docs");
    }

    /** The response section of the plugin; a missing node if the response has none. */
    JsonNode section() {
      return body.path("crossEncoder");
    }
  }

  Reply search(Map<String, String> parameters) throws IOException, InterruptedException {
    String form =
        parameters.entrySet().stream()
            .map(parameter -> encode(parameter.getKey()) + "=" + encode(parameter.getValue()))
            .collect(Collectors.joining("&"));
    HttpRequest request =
        HttpRequest.newBuilder(select)
            .timeout(Duration.ofMinutes(1))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form))
            .build();
    long start = System.nanoTime();
    HttpResponse<byte[]> response;
    try {
      response = http.send(request, BodyHandlers.ofByteArray());
    } catch (ConnectException e) {
      throw new IOException("nobody answers at " + select + "; start it with scripts/solr.sh", e);
    }
    double millis = (System.nanoTime() - start) / 1e6;
    if (response.statusCode() == HttpURLConnection.HTTP_NOT_FOUND) {
      throw new IOException("no collection at " + select + ": see --solr and --collection");
    }
    return new Reply(response.statusCode(), millis, JSON.readTree(response.body()));
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
