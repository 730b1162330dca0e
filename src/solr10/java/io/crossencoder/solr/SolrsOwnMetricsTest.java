// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.Test;

/** The metrics of the plugin in Solr 10 at {@code /admin/metrics}. */
public final class SolrsOwnMetricsTest extends StatusTestCase {

  private static final String COMPLETE = "solr_core_crossencoder_requests_total";

  private static List<String> page() throws Exception {
    var page = get("/admin/metrics?wt=prometheus");
    assertEquals(page.body(), 200, page.statusCode());
    return page.body().lines().toList();
  }

  /** The number of complete requests of a core. */
  private static double complete(String core) throws Exception {
    List<String> found =
        page().stream()
            .filter(line -> line.startsWith(COMPLETE + "{"))
            .filter(line -> line.contains("outcome=\"complete\""))
            .filter(line -> line.contains("core=\"" + core + "\""))
            .toList();
    assertEquals(found.toString(), 1, found.size());
    return Double.parseDouble(found.get(0).replaceFirst(".*} ", ""));
  }

  private static void rerank(String core, String query) throws Exception {
    var page =
        get("/" + core + "/select?q=war&rq=" + encoded("{!crossencoder query='" + query + "'}"));
    assertEquals(page.body(), 200, page.statusCode());
  }

  private static void admin(String action) throws Exception {
    var done = get("/admin/cores?action=" + action);
    assertEquals(done.body(), 200, done.statusCode());
  }

  @Test
  public void eachMetricOfTheStatusHandlerIsThereWithItsType() throws Exception {
    Map<String, String> types =
        page().stream()
            .filter(line -> line.matches("# TYPE solr_(node|core)_crossencoder_.*"))
            .map(line -> line.split(" ", -1))
            .collect(
                Collectors.toMap(
                    words -> words[2].replaceFirst("solr_(node|core)_crossencoder_", ""),
                    words -> words[3]));
    Map<String, String> expected = new TreeMap<>(exposed());
    expected.put("model", expected.remove("model_info"));
    assertEquals(expected, new TreeMap<>(types));
  }

  @Test
  public void theDashboardAsksForMetricsThatThereAre() throws Exception {
    Set<String> asked =
        Pattern.compile("solr(?:\\(_(?:node|core)\\)\\?|_node)_crossencoder_[a-z_]+[a-z]")
            .matcher(Files.readString(ROOT.resolve("conf/grafana/solr-crossencoder.json")))
            .results()
            .map(match -> match.group())
            .collect(Collectors.toCollection(TreeSet::new));
    assertTrue(asked.toString(), asked.size() > 15);
    String page = String.join("\n", page());
    asked.removeIf(name -> Pattern.compile("(?m)^" + name + "[{ ]").matcher(page).find());
    assertEquals(Set.of(), asked);
  }

  @Test
  public void namesAndBucketsAreThoseOfTheHandler() throws Exception {
    Set<String> own =
        page().stream()
            .filter(line -> line.startsWith("solr_node_crossencoder_inference_seconds_bucket{"))
            .map(line -> line.replaceFirst(".*le=\"([^\"]+)\".*", "$1"))
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> handlers =
        prometheus()
            .lines()
            .filter(line -> line.startsWith("solr_crossencoder_inference_seconds_bucket{"))
            .map(line -> line.replaceFirst(".*le=\"([^\"]+)\".*", "$1"))
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(handlers, own);
  }

  @Test
  public void theyStayOverAReloadARenameAndAReloadAfterIt() throws Exception {
    double before = complete("tmdb");
    admin("RELOAD&core=tmdb");
    rerank("tmdb", "reloaded");
    assertEquals(before + 1, complete("tmdb"), 0);
    admin("RENAME&core=tmdb&other=films");
    rerank("films", "renamed");
    assertEquals(1, complete("films"), 0);
    admin("RENAME&core=films&other=tmdb");
    rerank("tmdb", "renamed again");
    assertEquals(before + 2, complete("tmdb"), 0);
  }
}
