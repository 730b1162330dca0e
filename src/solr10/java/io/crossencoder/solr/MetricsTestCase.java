// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr;

import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.solr.client.solrj.response.QueryResponse;
import org.apache.solr.core.CoreContainer;
import org.junit.Before;

/** Films, requests that are in no cache, and the metrics of Solr 10 by their names in Solr 9. */
public abstract class MetricsTestCase extends FilmsTestCase {

  static final String CORE = "solr.core.tmdb:CROSSENCODER.tmdb-starter.";
  static final String NODE = "solr.node:CROSSENCODER.";
  static final String MODEL = NODE + "tmdb-starter.";

  /** Registry, model (optional), name, outcome (optional), property (optional). */
  private static final Pattern KEY =
      Pattern.compile(
          "solr\\.(node|core)[^:]*:CROSSENCODER\\.(?:([a-z-]+)\\.)?([a-z_]+)(?:\\.(\\w+))?(?::(\\w+))?");

  private static final Pattern SAMPLE = Pattern.compile("(\\w+)(?:\\{(.*)\\})? (\\S+)");

  static int asked;

  /** Text that is in no cache. */
  String fresh;

  @Before
  public void askAnew() {
    fresh = "a war " + asked++;
  }

  /** One metric by its key in Solr 9: the text of a label or a number. */
  static Object metric(String key) throws IOException {
    MatchResult parts = KEY.matcher(key).results().findFirst().orElseThrow();
    String registry = key.substring(0, key.indexOf(':'));
    String property = parts.group(5);
    boolean text = property != null && !property.equals("count");
    String name =
        "solr_" + parts.group(1) + "_crossencoder_" + parts.group(3).replaceFirst("_info$", "");
    for (Map.Entry<String, Double> sample : samples(registry).entrySet()) {
      String series = sample.getKey();
      if (series.startsWith(name + (property == null || text ? "{" : "_" + property + "{"))
          && (parts.group(2) == null || series.contains("model=\"" + parts.group(2) + "\""))
          && (parts.group(4) == null || series.contains("outcome=\"" + parts.group(4) + "\""))) {
        return text
            ? series.replaceFirst(".*[{,]" + property + "=\"([^\"]*)\".*", "$1")
            : (Object) sample.getValue();
      }
    }
    throw new NoSuchElementException(key + " among " + samples(registry));
  }

  /** All metrics of the plugin in a registry; the parameters are those of Solr 9. */
  static Map<String, Double> metrics(String... params) throws IOException {
    return samples(params[1]);
  }

  private static Map<String, Double> samples(String registry) throws IOException {
    return samples(solr.getCoreContainer(), registry);
  }

  private static Map<String, Double> samples(CoreContainer node, String registry)
      throws IOException {
    if (!node.getMetricManager().hasRegistry(registry)) {
      return Map.of();
    }
    var reader = node.getMetricManager().getPrometheusMetricReader(registry);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new PrometheusTextFormatWriter(false).write(out, reader.collect());
    Map<String, Double> samples = new TreeMap<>();
    out.toString(StandardCharsets.UTF_8)
        .lines()
        .filter(line -> line.contains("_crossencoder_") && !line.startsWith("#"))
        .forEach(
            line -> {
              MatchResult sample = SAMPLE.matcher(line).results().findFirst().orElseThrow();
              samples.put(
                  sample.group(1) + "{" + sample.group(2) + "}", Double.valueOf(sample.group(3)));
            });
    return samples;
  }

  /**
   * Series of a registry, or of one model if the prefix names it, without the series of histograms.
   */
  static Set<String> names(CoreContainer node, String registry, String prefix) throws IOException {
    String model = prefix.replaceFirst("CROSSENCODER\\.?", "");
    return samples(node, registry).keySet().stream()
        .filter(series -> model.isEmpty() || series.contains("model=\"" + model + "\""))
        // OpenTelemetry keeps a histogram as long as its registry.
        .filter(series -> !series.contains("_seconds"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  static long count(String key) throws Exception {
    return ((Number) metric(key)).longValue();
  }

  static long outcomes(String outcome) throws Exception {
    return count(CORE + "requests_total." + outcome);
  }

  QueryResponse rerank(String rq) throws Exception {
    return select("q", "war", "rq", "{!crossencoder " + rq + "}" + fresh);
  }
}
