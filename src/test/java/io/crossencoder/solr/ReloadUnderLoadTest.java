// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr;

import io.crossencoder.engine.TestModels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.solr.SolrTestCase;
import org.junit.AfterClass;
import org.junit.BeforeClass;
import org.junit.Test;

/**
 * Cores are reloaded and swapped while 8 clients search: no request notices. {@code -Dreloads=100}
 * reloads more often.
 */
public class ReloadUnderLoadTest extends SolrTestCase {

  private static final int CLIENTS = 8;
  private static final int RELOADS = Integer.getInteger("reloads", 8);

  private static HttpSolr solr;

  @BeforeClass
  public static void startSolr() throws Exception {
    solr = HttpSolr.start(FilmsTestCase.home("tmdb", "other"));
    solr.index("tmdb");
    solr.index("other");
  }

  @AfterClass
  public static void stopSolr() throws Exception {
    solr.close();
    solr = null;
  }

  private static long workers() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("crossencoder-worker-"))
        .count();
  }

  private static List<String> temporaryFiles() throws Exception {
    try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  public void reloadsLoseNoRequestAndDoubleNoModel() throws Exception {
    long workers = workers();
    List<String> temporaryFiles = temporaryFiles();
    try (Clients clients = Clients.start(CLIENTS, solr, () -> "tmdb")) {
      for (int i = 0; i < RELOADS; i++) {
        assertEquals(200, solr.admin("RELOAD", "tmdb").status());
        assertEquals(1, solr.registry().models().size());
      }
      assertEquals(List.of(), clients.stop());
      assertTrue(clients.answered() + " requests", clients.answered() > RELOADS);
    }
    assertEquals(workers, workers());
    assertEquals(temporaryFiles, temporaryFiles());
  }

  @Test
  public void swapsLoseNoRequest() throws Exception {
    try (Clients clients = Clients.start(CLIENTS, solr, () -> "tmdb")) {
      for (int i = 0; i < 4; i++) {
        assertEquals(200, solr.admin("SWAP", "tmdb", "other", "other").status());
        assertEquals(200, solr.admin("RELOAD", "other").status());
      }
      assertEquals(List.of(), clients.stop());
    }
    assertEquals(1, solr.registry().models().size());
  }

  @Test
  public void aCoreThatIsUnloadedLeavesTheModelToTheOther() throws Exception {
    assertEquals(
        200,
        solr.admin("CREATE", "third", "name", "third", "instanceDir", copyOf("other")).status());
    solr.index("third");
    try (Clients clients = Clients.start(CLIENTS, solr, () -> "tmdb")) {
      assertEquals(200, solr.admin("UNLOAD", "third").status());
      assertEquals(List.of(), clients.stop());
    }
    assertEquals(1, solr.registry().models().size());
  }

  private static String copyOf(String core) throws Exception {
    Path home = solr.home();
    Path copy = Files.createDirectory(home.resolve("third"));
    TestModels.copy(home.resolve(core).resolve("conf"), copy);
    return copy.toString();
  }
}
