// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.crossencoder.Http;
import io.crossencoder.engine.TestModels;
import io.crossencoder.solr.status.PrometheusText;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.apache.solr.embedded.JettyConfig;
import org.apache.solr.embedded.JettySolrRunner;
import org.junit.AfterClass;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.rules.TemporaryFolder;

/** A Solr over HTTP with the status handler. */
public abstract class StatusTestCase {

  @ClassRule public static final TemporaryFolder FOLDER = new TemporaryFolder();

  static final Path ROOT = Path.of(System.getProperty("project.root", "."));
  static final String SOLR = System.getProperty("solr.major", "9");
  static final String STATUS = "/tmdb/crossencoder/status";

  static final Pattern SAMPLE =
      Pattern.compile("([a-z_]+)(?:\\{((?:[a-z]+=\"(?:[^\"\\\\]|\\\\.)*\",?)*)})? (\\S+)");

  static Path home;
  static JettySolrRunner solr;

  @BeforeClass
  public static void startSolr() throws Exception {
    home = FOLDER.newFolder("solr home").toPath();
    Files.writeString(home.resolve("solr.xml"), "<solr/>");
    TestModels.copy(TestModels.STARTER, home.resolve("models"));
    Path core = FilmsTestCase.core(home, "tmdb");
    Files.writeString(core.resolve("core.properties"), "name=tmdb");
    solr = new JettySolrRunner(home.toString(), JettyConfig.builder().setPort(0).build());
    solr.start();
    post("/tmdb/update?commit=true", "[{'id':'1','title':'A war'},{'id':'2','title':'War'}]");
    get("/tmdb/select?q=war&rq=" + encoded("{!crossencoder}"));
  }

  @AfterClass
  public static void stopSolr() throws Exception {
    solr.stop();
  }

  static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }

  static HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return Http.send(HttpRequest.newBuilder(URI.create(solr.getBaseUrl() + path)));
  }

  static void post(String path, String json) throws IOException, InterruptedException {
    HttpResponse<String> response =
        Http.send(
            HttpRequest.newBuilder(URI.create(solr.getBaseUrl() + path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json)));
    assertEquals(response.body(), 200, response.statusCode());
  }

  static JsonObject json(HttpResponse<String> response) {
    return JsonParser.parseString(response.body()).getAsJsonObject();
  }

  static JsonObject status() throws Exception {
    HttpResponse<String> response = get(STATUS);
    assertEquals(response.body(), 200, response.statusCode());
    return json(response);
  }

  static String prometheus() throws Exception {
    HttpResponse<String> response = get(STATUS + "?wt=prometheus");
    assertEquals(200, response.statusCode());
    assertEquals(
        PrometheusText.CONTENT_TYPE, response.headers().firstValue("Content-Type").orElseThrow());
    return response.body();
  }

  static long value(String name) throws Exception {
    return samples(prometheus()).entrySet().stream()
        .filter(sample -> sample.getKey().startsWith(name))
        .mapToLong(sample -> sample.getValue().longValue())
        .sum();
  }

  static JsonObject selfTestWith(String probe, int code) throws Exception {
    Path file = home.resolve("models/tmdb-starter/probe.json");
    byte[] whole = Files.readAllBytes(file);
    try {
      if (probe.isEmpty()) {
        Files.delete(file);
      } else {
        Files.writeString(file, probe);
      }
      HttpResponse<String> response = get(STATUS + "?selftest=true");
      assertEquals(response.body(), code, response.statusCode());
      JsonObject body = json(response);
      assertTrue("the rest is there, too", body.has("metrics"));
      return body.getAsJsonArray("selftest").get(0).getAsJsonObject();
    } finally {
      Files.write(file, whole);
    }
  }

  /** Values by name and labels; fails if a line is invalid for Prometheus. */
  static Map<String, Double> samples(String text) {
    Map<String, Double> samples = new LinkedHashMap<>();
    text.lines()
        .filter(line -> !line.startsWith("#"))
        .forEach(
            line -> {
              MatchResult sample = SAMPLE.matcher(line).results().findAny().orElseThrow();
              assertEquals(line, sample.group());
              String series = sample.group(1) + " " + sample.group(2);
              Double before = samples.put(series, Double.valueOf(sample.group(3)));
              assertEquals("twice: " + line, null, before);
            });
    return samples;
  }

  static String word2(String line) {
    return line.split(" ", -1)[2];
  }

  /** Types by name without the prefix. */
  static Map<String, String> exposed() throws Exception {
    Map<String, String> types = new TreeMap<>();
    prometheus()
        .lines()
        .filter(line -> line.startsWith("# TYPE "))
        .forEach(
            line ->
                types.put(
                    word2(line).substring(PrometheusText.PREFIX.length()), line.split(" ", -1)[3]));
    return types;
  }
}
