// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.release;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.AfterClass;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** The release in a Solr 10 over HTTP: the films of the demo, and behavior under load. */
public class SolrTenUnderLoadIT {

  private static final int CLIENTS = 4;

  @ClassRule public static final TemporaryFolder FOLDER = new TemporaryFolder();

  private static Path home;
  private static SolrProcess solr;

  @BeforeClass
  public static void startSolrWithTheFilms() throws Exception {
    Release release = Release.unzip(FOLDER.getRoot().toPath().resolve("unzipped"));
    home = release.home(FOLDER.getRoot().toPath().resolve("home"));
    assertEquals(0, release.install(home, "--models").exitCode());
    solr = SolrProcess.Start.plain().run(home);
    tools("index-tmdb", Release.ROOT.resolve("conf/sample/tmdb.json").toString());
  }

  @AfterClass
  public static void stopSolr() throws Exception {
    solr.close();
  }

  /** Runs a command of the project with SolrJ 9, with which it was built. */
  private static String tools(String... arguments) throws Exception {
    Path target = Release.ROOT.resolve("target");
    String jar = "solr-crossencoder-" + System.getProperty("project.version") + "-tools.jar";
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Dlog4j2.level=OFF");
    command.add("-cp");
    command.add(target.resolve(jar) + ":" + target.resolve("lib/tools") + "/*");
    command.add("io.crossencoder.tools.Main");
    command.addAll(List.of(arguments));
    command.addAll(List.of("--solr", solr.url().replace("/tmdb/", "")));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(said, 0, process.waitFor());
    return said;
  }

  private static JsonObject rerank(String query) throws Exception {
    return solr.select("q", "vietnam war", "rq", "{!crossencoder query='" + query + "'}");
  }

  private static String outcome(JsonObject response) {
    return response.getAsJsonObject("crossEncoder").get("outcome").getAsString();
  }

  /** Clients that send requests until they are stopped, and keep all incomplete responses. */
  private static final class Load implements AutoCloseable {
    private final Queue<String> complaints = new ConcurrentLinkedQueue<>();
    private final AtomicInteger answered = new AtomicInteger();
    private final List<Thread> clients = new ArrayList<>();
    private volatile boolean stopped;

    Load() {
      for (int i = 0; i < CLIENTS; i++) {
        Thread client = new Thread(this::ask, "client-" + i);
        client.start();
        clients.add(client);
      }
    }

    private void ask() {
      while (!stopped) {
        try {
          int number = answered.incrementAndGet();
          String outcome = outcome(rerank("a war that was lost " + number));
          if (!outcome.equals("complete")) {
            complaints.add(outcome);
          }
        } catch (IOException e) {
          complaints.add(e.toString());
        } catch (Exception e) {
          throw new IllegalStateException(e);
        }
      }
    }

    @Override
    public void close() throws InterruptedException {
      stopped = true;
      for (Thread client : clients) {
        client.join(TimeUnit.MINUTES.toMillis(5));
      }
    }
  }

  @Test
  public void theDemosRequestIsReranked() throws Exception {
    String said = tools("search", "vietnam war");
    assertTrue(said, said.contains("The Deer Hunter (1978)"));
    assertTrue(said, said.contains("Full Metal Jacket (1987)"));
    assertTrue(said, said.contains("candidates 50"));
    assertTrue(said, said.contains("outcome complete"));
  }

  @Test
  public void reloadsUnderLoadLoseNoRequest() throws Exception {
    try (Load load = new Load()) {
      for (int i = 0; i < 10; i++) {
        solr.get("../admin/cores", "action", "RELOAD", "core", "tmdb");
      }
      load.close();
      assertEquals(List.of(), List.copyOf(load.complaints));
      assertTrue(load.answered + " requests", load.answered.get() > 10);
    }
  }

  @Test
  public void aShutdownUnderLoadEndsByItself() throws Exception {
    try (Load load = new Load()) {
      assertEquals("complete", outcome(rerank("before the end")));
      // Fails if the process must be killed or native code ended it with a signal.
      solr.close();
      assertEquals(solr.console(), 0, solr.exitCode());
      assertTrue(solr.console(), !solr.console().contains("SIGSEGV"));
      assertTrue(load.answered + " requests", load.answered.get() > 0);
    } finally {
      // For the tests after this one.
      solr = SolrProcess.Start.plain().run(home);
    }
  }

  @Test
  public void itsMetricsPageHasThePluginsNames() throws Exception {
    rerank("what the page counts");
    String page = solr.text("../admin/metrics", "wt", "prometheus");
    List<String> ours = page.lines().filter(line -> line.contains("_crossencoder_")).toList();
    assertTrue(
        page,
        ours.stream()
            .anyMatch(
                line ->
                    line.startsWith("solr_core_crossencoder_requests_total{")
                        && line.contains("outcome=\"complete\"")
                        && !line.endsWith(" 0.0")));
    Files.write(Release.ROOT.resolve("target/solr-10/metrics-page"), ours);
  }
}
