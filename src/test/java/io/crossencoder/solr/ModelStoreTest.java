// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.crossencoder.engine.TestModels;
import io.crossencoder.solr.HttpSolr.Answer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.apache.commons.io.file.PathUtils;
import org.apache.solr.common.util.RetryUtil;
import org.junit.Test;

/** The model store over HTTP. */
public final class ModelStoreTest extends ModelStoreTestCase {

  @Test
  public void aModelThatWasPutRanksAtOnce() {
    assertEquals(200, put(model("negated", NEGATED)).status());
    Answer answer = search("negated");
    assertEquals("complete", answer.section("outcome"));
    assertEquals("negated", answer.section("model"));
    List<String> best = search("tmdb-starter").ids();
    assertNotEquals(best, answer.ids());
    assertRefused(400, "installed: tmdb-starter; in the model store: negated", search("nope"));
  }

  @Test
  public void itStaysWithARestartAndReachesOtherCoresWithTheirReload() throws Exception {
    assertEquals(200, put(model("negated", NEGATED)).status());
    float best = search("negated").best();
    assertEquals(200, solr.admin("RELOAD", "tmdb").status());
    assertEquals(best, search("negated").best(), 1e-4f);
    solr.close();
    solr = HttpSolr.start(home);
    assertEquals(best, search("negated").best(), 1e-4f);
    assertEquals(List.of("negated"), names(solr.get(STORE)));
  }

  @Test
  public void whatIsStoredCanBeReadAsItWasPut() {
    String one = model("negated", "{\"path\":\".versions/tmdb-starter\",\"maxLength\":64}");
    String two = model("small", "{\"path\":\"tmdb-starter\",\"file\":\"onnx/model.onnx\"}");
    assertEquals(200, put("[" + two + "," + one + "]").status());
    JsonArray expected = new JsonArray();
    expected.add(JsonParser.parseString(one));
    expected.add(JsonParser.parseString(two));
    assertEquals(expected, models(solr.get(STORE)));
    JsonObject small = models(solr.get(STORE + "/small")).get(0).getAsJsonObject();
    assertEquals(expected.get(1), small);
    assertRefused(404, "no model 'nope'; available: [negated, small]", solr.get(STORE + "/nope"));
    // Storing the same model again is not a change.
    assertEquals(200, put(expected.toString()).status());
  }

  @Test
  public void aModelThatWasDeletedIsGoneAtOnceAndItsMemoryToo() throws Exception {
    for (int cells : new int[] {64, 128, 512}) {
      String params = NEGATED.replace("}", ",\"batchCells\":" + cells + "}");
      assertEquals(200, put(model("negated", params)).status());
      assertEquals("complete", search("negated").section("outcome"));
      assertEquals(2, solr.registry().models().size());
      assertEquals(200, delete("negated").status());
      assertRefused(400, "model='negated'", search("negated"));
      // A request ends when its response is written, which can be after the client has read it.
      RetryUtil.retryOnBoolean(10_000, 20, () -> solr.registry().models().size() == 1);
    }
    assertRefused(404, "no model 'negated'", delete("negated"));
  }

  @Test
  public void coresOfOneConfigsetStoreAtOnceAndLoseNothing() throws Exception {
    Path shared = home.resolve("configsets/shared");
    if (!Files.exists(shared)) {
      Files.createDirectories(shared);
      PathUtils.copyDirectory(home.resolve("tmdb/conf"), shared.resolve("conf"));
    }
    Files.deleteIfExists(shared.resolve("conf/_schema_cross-encoder-model-store.json"));
    List<String> cores = List.of("one", "two");
    for (String core : cores) {
      assertEquals(200, solr.admin("CREATE", core, "name", core, "configSet", "shared").status());
    }
    Set<String> expected = new TreeSet<>();
    List<Thread> clients = new ArrayList<>();
    List<Answer> answers = new CopyOnWriteArrayList<>();
    for (String core : cores) {
      IntStream.range(0, 10).forEach(i -> expected.add(core + i));
      clients.add(
          new Thread(
              () -> {
                for (int i = 0; i < 10; i++) {
                  String json = model(core + i, "{\"path\":\"tmdb-starter\"}");
                  answers.add(solr.ask("PUT", STORE.replace("tmdb", core), json));
                }
              }));
    }
    clients.forEach(Thread::start);
    for (Thread client : clients) {
      client.join();
    }
    answers.forEach(answer -> assertEquals(answer.toString(), 200, answer.status()));
    assertEquals(expected, new TreeSet<>(names(solr.get(STORE.replace("tmdb", "one")))));
    for (String core : cores) {
      assertEquals(200, solr.admin("UNLOAD", core, "deleteInstanceDir", "true").status());
    }
  }

  @Test
  public void requestsUnderWayKeepAModelThatIsDeleted() {
    assertEquals(200, put(model("negated", NEGATED)).status());
    try (Clients clients = Clients.start(4, solr, () -> "tmdb")) {
      for (int i = 0; i < 5; i++) {
        assertEquals(200, delete("negated").status());
        assertEquals(200, put(model("negated", NEGATED)).status());
      }
      assertEquals(List.of(), clients.stop());
    }
  }

  @Test
  public void aNameIsGivenOnce() {
    assertEquals(200, put(model("negated", NEGATED)).status());
    String other = model("negated", "{\"path\":\"tmdb-starter\"}");
    assertRefused(400, "negated already exists with other params", put(other));
    String twice = "[" + model("x", NEGATED) + "," + model("x", "{}") + "]";
    assertRefused(400, "x appears twice", put(twice));
    assertEquals(List.of("negated"), names(solr.get(STORE)));
  }

  @Test
  public void oneThatIsWrongKeepsTheWholeListOut() {
    assertRefused(
        "nowhere: is not a directory",
        "[" + model("a", NEGATED) + "," + model("nowhere", "{}") + "]");
    assertEquals(1, solr.registry().models().size());
  }

  @Test
  public void aModelHidesTheInstalledOneOfItsName() {
    Answer answer = put(model("tmdb-starter", NEGATED));
    assertEquals("[\"tmdb-starter\"]", answer.json().get("hidesInstalled").toString());
    float best = search("tmdb-starter").best();
    assertEquals(200, solr.admin("RELOAD", "tmdb").status());
    assertEquals(best, search("tmdb-starter").best(), 1e-4f);
    assertEquals(1, solr.registry().models().size() - 1);
    assertEquals(200, delete("tmdb-starter").status());
    assertEquals(200, solr.admin("RELOAD", "tmdb").status());
    assertNotEquals(best, search("tmdb-starter").best(), 1e-4f);
  }

  @Test
  public void theModelThatSolrconfigNeedsIsNotDeleted() throws Exception {
    assertEquals(200, put(model("negated", NEGATED)).status());
    Path config = home.resolve("tmdb/conf/solrconfig.xml");
    String before = Files.readString(config);
    Files.writeString(
        config,
        before.replace(
            "<str name=\"model\">tmdb-starter</str>",
            "<str name=\"model\">negated</str><lst name=\"models\"/>"));
    try {
      assertEquals(200, solr.admin("RELOAD", "tmdb").status());
      assertRefused(400, "negated is the default in solrconfig.xml", delete("negated"));
      // An empty list: only the models of the store.
      assertRefused(400, "no model is installed", search("nope"));
    } finally {
      Files.writeString(config, before);
    }
    assertEquals(200, solr.admin("RELOAD", "tmdb").status());
  }

  @Test
  public void aStoredModelWhoseFilesAreGoneFailsTheReloadAndTheOldCoreGoesOn() throws Exception {
    Path files = elsewhere.resolve("gone");
    TestModels.copy(TestModels.STARTER, files);
    String path = files.resolve("tmdb-starter").toString();
    assertEquals(200, put(model("gone", "{\"path\":\"" + path + "\"}")).status());
    Files.move(files, elsewhere.resolve("moved"));
    Answer reload = solr.admin("RELOAD", "tmdb");
    assertEquals(500, reload.status());
    assertTrue(reload.toString(), reload.toString().contains(path + ": is not a directory"));
    assertEquals("complete", search("gone").section("outcome"));
    Files.move(elsewhere.resolve("moved"), files);
  }

  @Test
  public void aStoreThatCannotBeWrittenSaysSo() throws Exception {
    Path file = home.resolve("tmdb/conf/_schema_cross-encoder-model-store.json");
    Files.deleteIfExists(file);
    Files.createDirectories(file.resolve("in the way"));
    try {
      assertEquals(500, put(model("x", NEGATED)).status());
      assertEquals(1, solr.registry().models().size());
    } finally {
      Files.delete(file.resolve("in the way"));
      Files.delete(file);
    }
  }

  @Test
  public void aConfigsetThatIsImmutableOrNotWritableIsLeftAlone() throws Exception {
    Path conf = home.resolve("other/conf");
    Files.writeString(conf.resolve("configsetprops.json"), "{\"immutable\":true}");
    assertEquals(200, solr.admin("RELOAD", "other").status());
    String store = STORE.replace("tmdb", "other");
    String model = model("x", NEGATED);
    assertRefused(400, "ConfigSet is immutable", solr.ask("PUT", store, model));
    assertRefused(400, "ConfigSet is immutable", solr.ask("DELETE", store + "/x", ""));
    Files.delete(conf.resolve("configsetprops.json"));
    Path config = conf.resolve("solrconfig.xml");
    Files.writeString(
        config,
        Files.readString(config)
            .replace(
                "</config>",
                "<restManager><str name='storageIO'>"
                    + "org.apache.solr.rest.ManagedResourceStorage$InMemoryStorageIO</str>"
                    + "</restManager></config>"));
    assertEquals(200, solr.admin("RELOAD", "other").status());
    assertRefused(403, "no write permission", solr.ask("PUT", store, model));
  }
}
