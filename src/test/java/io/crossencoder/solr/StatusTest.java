// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.crossencoder.model.TestModels;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.solr.embedded.JettyConfig;
import org.apache.solr.embedded.JettySolrRunner;
import org.junit.AfterClass;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** The status handler over HTTP, and what is written about its metrics. */
public class StatusTest {

  @ClassRule public static final TemporaryFolder FOLDER = new TemporaryFolder();

  private static final Path ROOT = Path.of(System.getProperty("project.root", "."));
  private static final String STATUS = "/tmdb/crossencoder/status";

  private static final Pattern SAMPLE =
      Pattern.compile("([a-z_]+)(?:\\{((?:[a-z]+=\"(?:[^\"\\\\]|\\\\.)*\",?)*)})? (\\S+)");

  private static final HttpClient client = HttpClient.newHttpClient();
  private static Path home;
  private static JettySolrRunner solr;

  @BeforeClass
  public static void startSolr() throws Exception {
    home = FOLDER.newFolder("solr home").toPath();
    Files.writeString(home.resolve("solr.xml"), "<solr/>");
    TestModels.copy(TestModels.STARTER, home.resolve("models"));
    Path core = FilmsTestCase.core(home, "tmdb");
    Files.writeString(core.resolve("core.properties"), "name=tmdb");
    solr =
        new JettySolrRunner(
            home.toString(), JettyConfig.builder().setContext("/solr").setPort(0).build());
    solr.start();
    post("/tmdb/update?commit=true", "[{'id':'1','title':'A war'},{'id':'2','title':'War'}]");
    get("/tmdb/select?q=war&rq=" + encoded("{!crossencoder}"));
  }

  @AfterClass
  public static void stopSolr() throws Exception {
    solr.stop();
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }

  private static HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(URI.create(solr.getBaseUrl() + path)));
  }

  private static void post(String path, String json) throws IOException, InterruptedException {
    HttpResponse<String> response =
        send(
            HttpRequest.newBuilder(URI.create(solr.getBaseUrl() + path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json)));
    assertEquals(response.body(), 200, response.statusCode());
  }

  private static HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static JsonObject json(HttpResponse<String> response) {
    return JsonParser.parseString(response.body()).getAsJsonObject();
  }

  private static JsonObject status() throws Exception {
    HttpResponse<String> response = get(STATUS);
    assertEquals(response.body(), 200, response.statusCode());
    return json(response);
  }

  private static String prometheus() throws Exception {
    HttpResponse<String> response = get(STATUS + "?wt=prometheus");
    assertEquals(200, response.statusCode());
    assertEquals(
        PrometheusText.CONTENT_TYPE, response.headers().firstValue("Content-Type").orElseThrow());
    return response.body();
  }

  @Test
  public void itSaysWhatIsLoadedAndWhatRunsIt() throws Exception {
    JsonObject status = status();
    JsonObject model = status.getAsJsonArray("models").get(0).getAsJsonObject();
    assertEquals("tmdb-starter", model.get("name").getAsString());
    assertEquals("onnx/model.onnx", model.get("file").getAsString());
    assertEquals(64, model.get("fingerprint").getAsString().length());
    assertEquals(1, model.get("users").getAsInt());
    assertTrue(model.get("tokensPerSecond").getAsLong() > 0);
    JsonObject versions = status.getAsJsonObject("versions");
    assertEquals("1.28.0", versions.get("onnxruntime").getAsString());
    assertEquals("0.38.0", versions.get("tokenizers").getAsString());
    assertTrue(versions.get("solr").getAsString().startsWith("9."));
    JsonObject figures = status.getAsJsonObject("figures");
    assertEquals(1, figures.getAsJsonObject("node").get("models_loaded").getAsInt());
    JsonObject ofModel = figures.getAsJsonObject("models").getAsJsonObject("tmdb-starter");
    assertTrue(ofModel.getAsJsonObject("inference_seconds").get("count").getAsInt() > 0);
    assertEquals(0, status.getAsJsonArray("failures").size());
    assertFalse("not unless asked for", status.has("selftest"));
  }

  @Test
  public void itShowsNoPathOfTheServer() throws Exception {
    assertFalse(get(STATUS + "?selftest=true").body().contains(home.toString()));
    assertFalse(prometheus().contains(home.toString()));
  }

  @Test
  public void aHealthyModelPassesItsSelfTest() throws Exception {
    HttpResponse<String> response = get(STATUS + "?selftest=true");
    assertEquals(response.body(), 200, response.statusCode());
    JsonObject test = json(response).getAsJsonArray("selftest").get(0).getAsJsonObject();
    assertEquals("tmdb-starter", test.get("model").getAsString());
    assertEquals("passed", test.get("result").getAsString());
    assertTrue(test.get("worstDifference").getAsDouble() < 0.001);
  }

  @Test
  public void theSelfTestComputesAnew() throws Exception {
    get(STATUS + "?selftest=true");
    long before = value("solr_crossencoder_pairs_scored_total");
    get(STATUS + "?selftest=true");
    assertEquals(before + 4, value("solr_crossencoder_pairs_scored_total"));
  }

  private static long value(String name) throws Exception {
    return samples(prometheus()).entrySet().stream()
        .filter(sample -> sample.getKey().startsWith(name))
        .mapToLong(sample -> sample.getValue().longValue())
        .sum();
  }

  private static JsonObject selfTestWith(String probe, int code) throws Exception {
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
      assertTrue("the rest is there, too", body.has("figures"));
      return body.getAsJsonArray("selftest").get(0).getAsJsonObject();
    } finally {
      Files.write(file, whole);
    }
  }

  @Test
  public void prometheusHasNoSelfTest() throws Exception {
    HttpResponse<String> response = get(STATUS + "?wt=prometheus&selftest=true");
    assertEquals(response.body(), 400, response.statusCode());
    assertTrue(response.body(), response.body().contains("selftest='true'"));
    assertEquals(400, get(STATUS + "?wt=prometheus&selftest=perhaps").statusCode());
  }

  @Test
  public void aModelThatScoresOtherwiseMakesIt503() throws Exception {
    JsonObject test =
        selfTestWith(
            "{'tolerance':0.1,'pairs':[{'query':'war','passage':'War','score':99}]}"
                .replace('\'', '"'),
            503);
    assertEquals("failed", test.get("result").getAsString());
    assertTrue(test.get("worstDifference").getAsDouble() > 80);
    assertTrue(test.get("message").getAsString().contains("expected 99"));
  }

  @Test
  public void probePairsThatCannotBeReadMakeIt503() throws Exception {
    JsonObject test = selfTestWith("no json", 503);
    assertEquals("failed", test.get("result").getAsString());
    assertTrue(test.get("message").getAsString().contains("probe.json"));
  }

  @Test
  public void aModelWithoutProbePairsIsNotSick() throws Exception {
    assertEquals("no_probe", selfTestWith("", 200).get("result").getAsString());
  }

  @Test
  public void aCoreThatDidNotLoadIsAmongTheFailures() throws Exception {
    Path core = FilmsTestCase.core(home, "broken");
    Path config = core.resolve("conf/solrconfig.xml");
    Files.writeString(
        config,
        Files.readString(config)
            .replace(
                "<str name=\"model\">tmdb-starter</str>",
                "<str name=\"model\">tmdb-starter</str><lst name=\"models\"><lst"
                    + " name=\"no-such-model\"/></lst>"));
    assertTrue(get("/admin/cores?action=CREATE&name=broken").statusCode() >= 400);
    JsonArray failures = status().getAsJsonArray("failures");
    JsonObject failure = failures.get(failures.size() - 1).getAsJsonObject();
    assertEquals(failure.toString(), 1, failure.get("count").getAsInt());
    assertTrue(failure.get("error").getAsString().contains("no-such-model"));
  }

  /** Names and labels to values; fails on a line that Prometheus would not read. */
  private static Map<String, Double> samples(String text) {
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

  @Test
  public void prometheusCanReadIt() throws Exception {
    String text = prometheus();
    assertTrue(text.endsWith("\n"));
    samples(text);
    List<String> families =
        text.lines().filter(line -> line.startsWith("# TYPE ")).map(StatusTest::word2).toList();
    assertEquals("one block a name", families.size(), new TreeSet<>(families).size());
    String family = "";
    for (String line : text.lines().toList()) {
      family = line.startsWith("# ") ? word2(line) : family;
      assertTrue(line, line.startsWith("# ") || line.startsWith(family));
    }
  }

  private static String word2(String line) {
    return line.split(" ", -1)[2];
  }

  @Test
  public void bucketsOfAHistogramGrowUpToItsCount() throws Exception {
    Map<String, Double> samples = samples(prometheus());
    double last = 0;
    for (Map.Entry<String, Double> sample : samples.entrySet()) {
      if (sample.getKey().startsWith("solr_crossencoder_inference_seconds_bucket")) {
        assertTrue(sample.toString(), sample.getValue() >= last);
        last = sample.getValue();
      }
    }
    assertEquals(
        samples.get("solr_crossencoder_inference_seconds_count model=\"tmdb-starter\""), last, 0);
    assertTrue(last > 0);
  }

  @Test
  public void solrsOwnMetricsAreAsTheyWere() throws Exception {
    HttpResponse<String> own = get("/admin/metrics?wt=prometheus");
    assertEquals(200, own.statusCode());
    assertTrue(own.body().contains("solr_metrics_core_requests_total"));
    assertFalse(own.body().contains("crossencoder_pairs"));
    String json = get("/admin/metrics?group=node&group=core&prefix=CROSSENCODER").body();
    assertTrue(json, json.contains("CROSSENCODER.tmdb-starter.requests_total.complete"));
    assertTrue(json, json.contains("CROSSENCODER.workers_busy"));
  }

  /** Name without prefix to type, as the handler says. */
  private static Map<String, String> exposed() throws Exception {
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

  @Test
  public void theTableOfTheDocsHasEachMetricAndNoOther() throws Exception {
    Map<String, String> documented = new TreeMap<>();
    for (String line : Files.readAllLines(ROOT.resolve("docs/operations-metrics.md"))) {
      String[] cells = line.split("\\|", -1);
      if (cells.length > 3 && cells[2].strip().matches("(counter|gauge|histogram)(, 1)?")) {
        documented.put(cells[1].replaceAll("[ `]", ""), cells[2].strip().replace(", 1", ""));
      }
    }
    assertEquals(exposed(), documented);
  }

  @Test
  public void theLabelsOfTheDocsAreThoseOfTheMetrics() throws Exception {
    Map<String, Set<String>> labels = new HashMap<>();
    samples(prometheus())
        .keySet()
        .forEach(
            series -> {
              String[] parts = series.split(" ", 2);
              String name =
                  parts[0]
                      .substring(PrometheusText.PREFIX.length())
                      .replaceAll("_(bucket|sum|count)$", "");
              Pattern.compile("([a-z]+)=\"")
                  .matcher(parts[1])
                  .results()
                  .map(label -> label.group(1))
                  .filter(label -> !label.equals("le"))
                  .forEach(label -> labels.computeIfAbsent(name, n -> new TreeSet<>()).add(label));
            });
    for (String line : Files.readAllLines(ROOT.resolve("docs/operations-metrics.md"))) {
      String[] cells = line.split("\\|", -1);
      if (cells.length > 3 && cells[2].strip().matches("(counter|gauge|histogram)(, 1)?")) {
        Set<String> documented =
            Arrays.stream(cells[3].strip().split(", "))
                .filter(label -> !label.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
        String name = cells[1].replaceAll("[ `]", "");
        assertEquals(name, labels.getOrDefault(name, new TreeSet<>()), documented);
      }
    }
  }

  @Test
  public void theDashboardAndTheAlertsAskForMetricsThatThereAre() throws Exception {
    Set<String> exposed = exposed().keySet();
    for (String file :
        List.of("conf/grafana/solr-crossencoder.json", "docs/operations-metrics.md")) {
      Set<String> asked =
          Pattern.compile(PrometheusText.PREFIX + "([a-z_]+[a-z])")
              .matcher(Files.readString(ROOT.resolve(file)))
              .results()
              .map(match -> match.group(1).replaceAll("_(bucket|sum|count)$", ""))
              .collect(Collectors.toCollection(TreeSet::new));
      assertTrue(file + " asks for " + asked.size(), asked.size() > 2);
      asked.removeAll(exposed);
      assertEquals(file, Set.of(), asked);
    }
  }

  @Test
  public void theDashboardShowsEveryMetric() throws Exception {
    String dashboard = Files.readString(ROOT.resolve("conf/grafana/solr-crossencoder.json"));
    for (JsonElement panel :
        JsonParser.parseString(dashboard).getAsJsonObject().getAsJsonArray("panels")) {
      assertFalse(panel.getAsJsonObject().getAsJsonArray("targets").isEmpty());
    }
    for (String name : exposed().keySet()) {
      assertTrue(name, dashboard.contains(PrometheusText.PREFIX + name));
    }
  }
}
