// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.release;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** A Solr that receives SIGTERM completes running requests. */
public class TerminationIT {

  private static final int DOCUMENTS = 1000;

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  @Test
  public void aRunningRerankEndsAsPartial() throws Exception {
    Release release = Release.unzip(folder.getRoot().toPath().resolve("unzipped"));
    Path home = release.home(folder.getRoot().toPath().resolve("home"));
    assertEquals(0, release.install(home, "--models").exitCode());
    SolrProcess solr = SolrProcess.Start.plain().with("-Dsolr.crossencoder.threads=1").run(home);
    try {
      JsonArray documents = new JsonArray();
      for (int i = 0; i < DOCUMENTS; i++) {
        JsonObject document = new JsonObject();
        document.addProperty("id", "film" + i);
        document.addProperty("title", "War " + i);
        document.addProperty("overview", ("rain and wind " + i + " of the war ").repeat(900));
        documents.add(document);
      }
      solr.update(documents.toString());
      // One minute of CPU time, most of which remains when the signal is sent.
      String rq = "{!crossencoder reRankDocs=1000 passage=maxp maxWindows=64}";
      CompletableFuture<JsonObject> answer =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return solr.select("q", "war", "fl", "id", "rows", "1000", "rq", rq);
                } catch (Exception e) {
                  throw new IllegalStateException(e);
                }
              });
      awaitBegin(solr);
      solr.terminate();
      JsonObject page = answer.get(5, TimeUnit.MINUTES);
      JsonObject section = page.getAsJsonObject("crossEncoder");
      assertEquals(section.toString(), "partial", section.get("outcome").getAsString());
      assertTrue(section.get("scored").getAsInt() < DOCUMENTS);
      JsonArray hits = page.getAsJsonObject("response").getAsJsonArray("docs");
      assertEquals(DOCUMENTS, hits.size());
    } finally {
      solr.close();
    }
    assertEquals("SIGTERM", 143, solr.exitCode());
  }

  private static void awaitBegin(SolrProcess solr) throws Exception {
    Pattern begun = Pattern.compile("^\\w*windows_total\\S* [1-9]", Pattern.MULTILINE);
    String metrics = "";
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(5);
    while (System.nanoTime() < end) {
      metrics = solr.text("crossencoder/status", "wt", "prometheus");
      if (begun.matcher(metrics).find()) {
        return;
      }
    }
    throw new AssertionError(metrics);
  }
}
