// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import io.crossencoder.solr.status.PrometheusText;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.Test;

/** The metrics for Prometheus, which the documentation and the dashboard must contain. */
public final class PrometheusTest extends StatusTestCase {

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
  public void theTableOfTheDocsHasEachMetricAndNoOther() throws Exception {
    Map<String, String> documented = new TreeMap<>();
    for (String line : Files.readAllLines(ROOT.resolve("docs/monitoring.md"))) {
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
    for (String line : Files.readAllLines(ROOT.resolve("docs/monitoring.md"))) {
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
    Set<String> exposed = new TreeSet<>(exposed().keySet());
    // The name of model_info in Solr 10.
    exposed.add("model");
    for (String file : List.of("conf/grafana/solr-crossencoder.json", "docs/monitoring.md")) {
      Set<String> asked =
          Pattern.compile("crossencoder_([a-z_]+[a-z])")
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
      assertTrue(name, dashboard.contains("_crossencoder_" + name));
    }
  }
}
