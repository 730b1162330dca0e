// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.release;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/**
 * The memory for documents of megabytes depends on the model: a Solr with 512 MB can return them.
 */
public class BigDocumentsIT {

  private static final int DOCUMENTS = 60;
  private static final int TOGETHER = 10;
  private static final int CLIENTS = 4;
  private static final int TIMEOUT_MS = 400;

  /** Time for reading and splitting one document of this size on a busy machine. */
  private static final int ONE_DOCUMENT_MS = 1500;

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  @Test
  public void documentsOfMegabytesAndOfThousandsOfValues() throws Exception {
    Release release = Release.unzip(folder.getRoot().toPath().resolve("unzipped"));
    Path home = release.home(folder.getRoot().toPath().resolve("home"));
    assertEquals(0, release.install(home, "--models").exitCode());
    try (SolrProcess solr = SolrProcess.Start.plain().run(home)) {
      for (int from = 0; from < DOCUMENTS; from += TOGETHER) {
        JsonArray documents = new JsonArray();
        for (int i = from; i < from + TOGETHER; i++) {
          documents.add(document("text" + i, "war " + "word and more ".repeat(180_000), List.of()));
          documents.add(document("list" + i, "war", List.of("value", "another value")));
        }
        solr.update(documents.toString());
      }
      ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
      List<Future<?>> answers = new ArrayList<>();
      for (int i = 0; i < 2 * CLIENTS; i++) {
        String fields = i % 2 == 0 ? "title,overview" : "title,genres,overview";
        String ids = i % 2 == 0 ? "text*" : "list*";
        answers.add(clients.submit(() -> assertAnswered(solr, fields, ids)));
      }
      for (Future<?> answer : answers) {
        answer.get();
      }
      clients.shutdown();
    }
  }

  private static JsonObject document(String id, String overview, List<String> genres) {
    JsonObject document = new JsonObject();
    document.addProperty("id", id);
    document.addProperty("title", "Film " + id);
    document.addProperty("overview", overview);
    if (!genres.isEmpty()) {
      JsonArray values = new JsonArray();
      for (int i = 0; i < 15_000; i++) {
        values.add(genres.get(i % genres.size()) + " " + i);
      }
      document.add("genres", values);
    }
    return document;
  }

  private static Void assertAnswered(SolrProcess solr, String fields, String ids) throws Exception {
    for (String passage : List.of("head", "maxp")) {
      String local = "passage=" + passage + " fields='" + fields + "' cache=false";
      JsonObject section = rerank(solr, ids, local + " reRankDocs=60 reRankTimeout=" + TIMEOUT_MS);
      String outcome = section.get("outcome").getAsString();
      assertTrue(section.toString(), Set.of("complete", "partial").contains(outcome));
      assertEquals(60, section.get("candidates").getAsInt());
      // A tenth of the documents, with a sufficient time limit for slow machines.
      double tenth = elapsed(rerank(solr, ids, local + " reRankDocs=6"));
      double most = TIMEOUT_MS + Math.max(ONE_DOCUMENT_MS, 3 * tenth);
      assertTrue(section + ", tenth: " + tenth, elapsed(section) < most);
    }
    return null;
  }

  private static JsonObject rerank(SolrProcess solr, String ids, String local) throws Exception {
    String rq = "{!crossencoder " + local + "}";
    return solr.select("q", "war", "fq", "id:" + ids, "fl", "id", "rows", "10", "rq", rq)
        .getAsJsonObject("crossEncoder");
  }

  private static double elapsed(JsonObject section) {
    return section.get("elapsedMs").getAsDouble();
  }
}
