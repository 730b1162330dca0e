// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr;

import static java.util.stream.Collectors.toMap;

import io.crossencoder.engine.TestModels;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.apache.commons.io.FileUtils;
import org.apache.solr.client.solrj.response.QueryResponse;
import org.apache.solr.common.util.JavaBinCodec;
import org.apache.solr.embedded.JettySolrRunner;
import org.apache.solr.handler.component.ShardRequest;
import org.junit.BeforeClass;
import org.junit.Test;

/**
 * A measurement, not a test: costs and quality of the scopes, with all films of TMDB in 3 shards
 * with 2 replicas on 3 nodes of one JVM. {@code -Dcloud.tmdb} is a directory with {@code
 * tmdb.json}, {@code judgments.txt} and {@code judgments-pooled.txt}; {@code -Dcloud.model} is
 * another model directory, for times only.
 */
public class CloudScopes extends CloudTestCase {

  private static final Pattern QUERY = Pattern.compile("# qid:(\\d+): (.*)\\*1");
  private static final Pattern GRADE = Pattern.compile("(\\d+)\\s+qid:(\\d+)\\s+# (\\S+).*");
  private static final int TIMED = Integer.getInteger("cloud.timed", 12);
  private static final int WARM = 3;
  private static final String STARTER = "tmdb-starter";
  private static final String OTHER = "other";

  private static final List<String> MODELS =
      System.getProperty("cloud.model") == null ? List.of(STARTER) : List.of(STARTER, OTHER);

  private final AtomicLong bytes = new AtomicLong();

  /** The times of one kind of request. */
  private static final class Costs {
    final List<Double> wall = new ArrayList<>();
    double cpu;
    double kilobytes;
    int scored;
    int cached;
  }

  private static Path data() {
    return Path.of(System.getProperty("cloud.tmdb", "none"));
  }

  @BeforeClass
  public static void index() throws Exception {
    assumeTrue("-Dcloud.tmdb", Files.exists(data().resolve("tmdb.json")));
    cluster.startJettySolrRunner();
    for (JettySolrRunner node : cluster.getJettySolrRunners()) {
      Path models = Path.of(node.getSolrHome()).resolve("models");
      if (!Files.exists(models.resolve(STARTER))) {
        TestModels.copy(TestModels.STARTER, models);
      }
      if (MODELS.contains(OTHER)) {
        Path other = Path.of(System.getProperty("cloud.model"));
        FileUtils.copyDirectory(other.toFile(), models.resolve(OTHER).toFile());
      }
    }
    collection(FILMS, 3, 2, "ExactStatsCache", FilmsTestCase.films(data().resolve("tmdb.json")));
  }

  /** Texts of the queries by id; grades of documents by query. */
  private record Judged(Map<String, String> queries, Map<String, Map<String, Double>> grades) {

    static Judged read(String... files) throws IOException {
      Judged judged = new Judged(new TreeMap<>(), new HashMap<>());
      for (String file : files) {
        for (String line : Files.readAllLines(data().resolve(file))) {
          Matcher query = QUERY.matcher(line);
          Matcher grade = GRADE.matcher(line);
          if (query.matches()) {
            judged.queries.put(query.group(1), query.group(2));
          } else if (grade.matches()) {
            judged
                .grades
                .computeIfAbsent(grade.group(2), q -> new HashMap<>())
                .put(grade.group(3), Double.valueOf(grade.group(1)));
          }
        }
      }
      return judged;
    }
  }

  private void count(ShardRequest request) {
    request.responses.forEach(
        response -> {
          try (JavaBinCodec codec = new JavaBinCodec()) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            codec.marshal(response.getSolrResponse().getResponse(), out);
            bytes.addAndGet(out.size());
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  private static double cpuMs() {
    return ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos() / 1e6;
  }

  private static String rq(String model, String scope, int depth, String fresh) {
    return "{!crossencoder model="
        + model
        + " reRankDocs="
        + depth
        + " reRankScope="
        + scope
        + (fresh.isEmpty() ? "" : " query='" + fresh + "'")
        + "}";
  }

  @Test
  public void costs() throws Exception {
    assumeTrue("-Dcloud.timed", TIMED > 0);
    List<String> queries = new ArrayList<>(Judged.read("judgments-pooled.txt").queries().values());
    int fresh = 0;
    for (String model : MODELS) {
      for (int depth : new int[] {50, 200}) {
        Map<String, Costs> costs = new TreeMap<>();
        for (int i = 0; i < TIMED + WARM; i++) {
          String text = queries.get(i % queries.size());
          // The same candidates with other texts, which are not in a cache.
          for (String scope : i % 2 == 0 ? SCOPES : List.of("global", "shard")) {
            String asked = text + " film number " + ++fresh;
            String q = text + " war world life";
            boolean warm = i < WARM;
            bytes.set(0);
            ShardHook.answered = warm ? this::count : request -> {};
            long start = System.nanoTime();
            double cpu = cpuMs();
            String rq = rq(model, scope, depth, asked);
            String[] request = {"q", q, "mm", "1", "rows", "10", "fl", "id,title,score", "rq", rq};
            QueryResponse page = select(FILMS, request);
            Costs of = costs.computeIfAbsent(scope, s -> new Costs());
            if (warm) {
              of.kilobytes += bytes.get() / 1000.0 / WARM;
            } else {
              of.wall.add((System.nanoTime() - start) / 1e6);
              of.cpu += (cpuMs() - cpu) / TIMED;
              of.scored += number(page, "scored");
              of.cached += number(page, "cached");
            }
          }
        }
        costs.forEach(
            (scope, of) -> {
              of.wall.sort(null);
              System.out.printf(
                  Locale.ROOT,
                  "@@ %s reRankDocs=%d %s: wall %.0f ms (median), CPU %.0f ms, %.1f kB, scored %d,"
                      + " cached %d%n",
                  model,
                  depth,
                  scope,
                  of.wall.get(TIMED / 2),
                  of.cpu,
                  of.kilobytes,
                  of.scored / TIMED,
                  of.cached);
            });
      }
    }
  }

  /** With linear gain, as trec_eval. */
  private static double ndcg(List<String> ids, Map<String, Double> grades) {
    double ideal = discounted(grades.values().stream().sorted(Comparator.reverseOrder()).toList());
    return ideal == 0
        ? 0
        : discounted(ids.stream().map(id -> grades.getOrDefault(id, 0.0)).toList()) / ideal;
  }

  private static double discounted(List<Double> grades) {
    return IntStream.range(0, Math.min(10, grades.size()))
        .mapToDouble(i -> grades.get(i) * Math.log(2) / Math.log(i + 2))
        .sum();
  }

  @Test
  public void relevance() throws Exception {
    Judged book = Judged.read("judgments.txt");
    Judged pooled = Judged.read("judgments-pooled.txt");
    Judged both = Judged.read("judgments.txt", "judgments-pooled.txt");
    Map<String, Judged> sets =
        Map.of(
            "book",
            book,
            "pooled",
            new Judged(
                pooled.queries(),
                pooled.queries().keySet().stream()
                    .collect(toMap(q -> q, q -> both.grades().getOrDefault(q, Map.of())))));
    for (Map.Entry<String, Judged> set : sets.entrySet()) {
      for (int depth : new int[] {50, 200}) {
        for (String scope : List.of("none", "shard", "global")) {
          double sum = 0;
          for (Map.Entry<String, String> query : set.getValue().queries().entrySet()) {
            String[] plain = {"q", query.getValue(), "rows", "10", "fl", "id,score"};
            String[] request =
                scope.equals("none")
                    ? plain
                    : FilmsTestCase.with(plain, "rq", rq(STARTER, scope, depth, ""));
            List<String> ids = ids(select(FILMS, request)).stream().map(Object::toString).toList();
            sum += ndcg(ids, set.getValue().grades().getOrDefault(query.getKey(), Map.of()));
          }
          System.out.printf(
              Locale.ROOT,
              "@@ %s, %d queries, reRankDocs=%d, %s: nDCG@10 %.4f%n",
              set.getKey(),
              set.getValue().queries().size(),
              depth,
              scope,
              sum / set.getValue().queries().size());
        }
      }
    }
  }
}
