// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr;

import com.google.gson.JsonArray;
import io.crossencoder.engine.TestModels;
import io.crossencoder.solr.HttpSolr.Answer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.solr.SolrTestCase;
import org.junit.After;
import org.junit.AfterClass;
import org.junit.BeforeClass;

/** A Solr over HTTP with a model store, initially empty. */
public abstract class ModelStoreTestCase extends SolrTestCase {

  static final String STORE = "/tmdb/schema/cross-encoder-model-store";

  static Path home;
  static Path elsewhere;
  static HttpSolr solr;

  @BeforeClass
  public static void startSolr() throws Exception {
    home = FilmsTestCase.home("tmdb", "other");
    elsewhere = Path.of(createTempDir().toString()).toRealPath();
    Path models = home.resolve("models");
    // In a subdirectory, which is not a model and therefore not installed.
    TestModels.negate(TestModels.copy(TestModels.STARTER, models.resolve(".versions")));
    TestModels.negate(TestModels.copy(TestModels.STARTER, elsewhere));
    Path secret = Path.of(createTempDir().toString());
    TestModels.copy(TestModels.STARTER, secret);
    Files.writeString(
        home.resolve("solr.xml"), "<solr><str name='allowPaths'>" + elsewhere + "</str></solr>");
    solr = HttpSolr.start(home);
    solr.index("tmdb");
  }

  @AfterClass
  public static void stopSolr() {
    solr.close();
    solr = null;
  }

  @After
  public void emptyTheStore() {
    for (String name : names(solr.get(STORE))) {
      assertEquals(200, delete(name).status());
    }
    assertEquals(200, solr.admin("RELOAD", "tmdb").status());
    assertEquals(1, solr.registry().models().size());
  }

  static String model(String name, String params) {
    return "{\"name\":\""
        + name
        + "\",\"class\":\"io.crossencoder.model.CrossEncoder\",\"params\":"
        + params
        + "}";
  }

  static final String NEGATED = "{\"path\":\".versions/tmdb-starter\"}";

  static Answer put(String json) {
    return solr.ask("PUT", STORE, json);
  }

  static Answer delete(String name) {
    return solr.ask("DELETE", STORE + "/" + HttpSolr.encoded(name), "");
  }

  static List<String> names(Answer answer) {
    return models(answer).asList().stream()
        .map(model -> model.getAsJsonObject().get("name").getAsString())
        .toList();
  }

  static JsonArray models(Answer answer) {
    assertEquals(answer.toString(), 200, answer.status());
    return answer.json().getAsJsonArray("models");
  }

  static Answer search(String model) {
    return solr.select(
        "tmdb",
        "q",
        "vietnam war",
        "fl",
        "id,score",
        "rq",
        "{!crossencoder reRankDocs=20 cache=false model=" + model + "}");
  }

  static void assertRefused(int status, String part, Answer answer) {
    assertEquals(answer.toString(), status, answer.status());
    assertTrue(answer.error(), answer.error().contains(part));
  }

  /** Checks that nothing is stored. */
  static void assertRefused(String part, String json) {
    assertRefused(400, part, put(json));
    assertEquals(List.of(), names(solr.get(STORE)));
  }
}
