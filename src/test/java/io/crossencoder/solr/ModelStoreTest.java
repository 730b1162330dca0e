// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.crossencoder.model.TestModels;
import io.crossencoder.solr.HttpSolr.Answer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.solr.SolrTestCase;
import org.junit.After;
import org.junit.AfterClass;
import org.junit.BeforeClass;
import org.junit.Test;

/** The model store as an administrator uses it: with HTTP. */
public class ModelStoreTest extends SolrTestCase {

  private static final String STORE = "/tmdb/schema/cross-encoder-model-store";

  private static Path home;
  private static Path elsewhere;
  private static HttpSolr solr;

  @BeforeClass
  public static void startSolr() throws Exception {
    home = FilmsTestCase.home("tmdb", "other");
    elsewhere = Path.of(createTempDir().toString()).toRealPath();
    Path models = home.resolve("models");
    // Of a folder in the folder: not installed by itself, for it is no model.
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

  private static String model(String name, String params) {
    return "{\"name\":\""
        + name
        + "\",\"class\":\"io.crossencoder.model.CrossEncoder\",\"params\":"
        + params
        + "}";
  }

  private static final String NEGATED = "{\"path\":\".versions/tmdb-starter\"}";

  private static Answer put(String json) {
    return solr.ask("PUT", STORE, json);
  }

  private static Answer delete(String name) {
    return solr.ask("DELETE", STORE + "/" + HttpSolr.encoded(name), "");
  }

  private static List<String> names(Answer answer) {
    return models(answer).asList().stream()
        .map(model -> model.getAsJsonObject().get("name").getAsString())
        .toList();
  }

  private static JsonArray models(Answer answer) {
    assertEquals(answer.toString(), 200, answer.status());
    return answer.json().getAsJsonArray("models");
  }

  private static Answer search(String model) {
    return solr.select(
        "tmdb",
        "q",
        "vietnam war",
        "fl",
        "id,score",
        "rq",
        "{!crossencoder reRankDocs=20 cache=false model=" + model + "}");
  }

  private static void assertRefused(int status, String part, Answer answer) {
    assertEquals(answer.toString(), status, answer.status());
    assertTrue(answer.error(), answer.error().contains(part));
  }

  /** Whatever is asked for, nothing of it may be stored. */
  private static void assertRefused(String part, String json) {
    assertRefused(400, part, put(json));
    assertEquals(List.of(), names(solr.get(STORE)));
  }

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
    assertRefused(404, "no model 'nope'; it has [negated, small]", solr.get(STORE + "/nope"));
    // And put back: the same again is no change.
    assertEquals(200, put(expected.toString()).status());
  }

  @Test
  public void aModelThatWasDeletedIsGoneAtOnceAndItsMemoryWithTheReload() {
    assertEquals(200, put(model("negated", NEGATED)).status());
    assertEquals(2, solr.registry().models().size());
    assertEquals(200, delete("negated").status());
    assertRefused(400, "model='negated'", search("negated"));
    assertEquals(2, solr.registry().models().size());
    assertEquals(200, solr.admin("RELOAD", "tmdb").status());
    assertEquals(1, solr.registry().models().size());
    assertRefused(404, "no model 'negated'", delete("negated"));
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
    assertRefused(400, "x is there twice", put(twice));
    assertEquals(List.of("negated"), names(solr.get(STORE)));
  }

  @Test
  public void oneThatIsWrongKeepsTheWholeListOut() {
    assertRefused(
        "nowhere: is no directory", "[" + model("a", NEGATED) + "," + model("nowhere", "{}") + "]");
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
      assertRefused(400, "negated is the model that solrconfig names", delete("negated"));
      // An empty list: nothing but the store's.
      assertRefused(400, "no model is installed", search("nope"));
    } finally {
      Files.writeString(config, before);
    }
    assertEquals(200, solr.admin("RELOAD", "tmdb").status());
  }

  @Test
  public void filesThatAreMissingOrBrokenAreNamed() throws Exception {
    assertRefused(home.resolve("models/nowhere") + ": is no directory", model("nowhere", "{}"));
    assertRefused("models/.versions/config.json: missing", model("x", "{\"path\":\".versions\"}"));
    assertRefused(
        "nope.onnx: missing; the directory has onnx/model.onnx",
        model("x", "{\"path\":\"tmdb-starter\",\"file\":\"nope.onnx\"}"));
    assertRefused(
        "tokenizer.json: cannot be loaded",
        model("x", "{\"path\":\"tmdb-starter\",\"file\":\"tokenizer.json\"}"));
  }

  @Test
  public void aPathLeadsNowhereThatItMayNot() throws Exception {
    String outside = Path.of(createTempDir().toString()).toRealPath().toString();
    for (String path :
        List.of(
            "..", ".", "../tmdb", "tmdb-starter/../..", "../../etc", outside, "/", "/etc/../etc")) {
      Answer answer = put(model("x", "{\"path\":\"" + path + "\"}"));
      assertEquals(path, 400, answer.status());
      assertTrue(
          answer.error(),
          answer.error().contains("lies outside") || answer.error().contains("solr.allowPaths"));
    }
    assertRefused("x.path must be a path", model("x", "{\"path\":\"\"}"));
    String tooLong = "p".repeat(4097);
    assertRefused("x.path must be a path", model("x", "{\"path\":\"" + tooLong + "\"}"));
    assertRefused("x.path must be a path", model("x", "{\"path\":\"a\\u0000b\"}"));
    assertRefused(
        "lies outside the model's directory",
        model("x", "{\"path\":\"tmdb-starter\",\"file\":\"../x.onnx\"}"));
  }

  @Test
  public void aPathThatSolrAllowsMayBeAnywhere() {
    String path = elsewhere.resolve("tmdb-starter").toString();
    assertEquals(200, put(model("x", "{\"path\":\"" + path + "\"}")).status());
    assertEquals("complete", search("x").section("outcome"));
  }

  @Test
  public void noSearchNamesAPath() {
    for (String name :
        List.of("../models/tmdb-starter", ".versions/tmdb-starter", elsewhere + "/tmdb-starter")) {
      assertRefused(400, "not a model of this core; installed: tmdb-starter", search(name));
    }
  }

  @Test
  public void awkwardNames() {
    for (String name :
        List.of(
            "",
            " ",
            ".",
            "..",
            ".hidden",
            "a/b",
            "../x",
            "a b",
            "a%2Fb",
            "a+b",
            "x".repeat(1024))) {
      assertRefused("name must be 1 to 100 letters", model(name, NEGATED));
    }
    String chinese = "\u7535\u5f71-m\u00f3del_1.0";
    assertEquals(200, put(model(chinese, NEGATED)).status());
    assertEquals(List.of(chinese), names(solr.get(STORE + "/" + HttpSolr.encoded(chinese))));
    assertEquals(chinese, search(chinese).section("model"));
    assertEquals(200, delete(chinese).status());
  }

  @Test
  public void onlyOurClassIsAccepted() {
    String text = model("x", NEGATED);
    assertRefused(
        "class must be io.crossencoder.model.CrossEncoder",
        text.replace("io.crossencoder.model.CrossEncoder", "java.lang.Runtime"));
    assertRefused(
        "class must be io.crossencoder.model.CrossEncoder, not 'null'", "{\"name\":\"x\"}");
  }

  @Test
  public void wrongJsonTypesAreNamed() {
    for (String json : List.of("[]", "null", "1", "true", "[1]", "[null]", "[[]]")) {
      assertRefused("a model is an object with name, class and params", json);
    }
    assertRefused("name must be", model("x", "{}").replace("\"x\"", "7"));
    assertRefused("x.params must be an object", model("x", "[]"));
    assertRefused("x.path must be a path", model("x", "{\"path\":7}"));
    assertRefused("x.maxLength must be a whole number", model("x", "{\"maxLength\":\"many\"}"));
    assertRefused("x.maxLength must be a whole number", model("x", "{\"maxLength\":0}"));
    assertRefused("x.maxLength must be a whole number", model("x", "{\"maxLength\":1.5}"));
    assertRefused(
        "x.dir is not known; known are [batchCells, deviceId, executionProvider,"
            + " executionProviderFallback, file, maxLength, path]",
        model("x", "{\"dir\":1}"));
    assertRefused("[store] is not known", "{\"store\":1}");
  }

  @Test
  public void noStoreIsMadeAtAnotherPath() {
    String ours = "{\"class\":\"" + CrossEncoderModelStore.class.getName() + "\"}";
    assertEquals(200, solr.ask("PUT", "/tmdb/schema/mine", ours).status());
    assertRefused(
        400,
        "the model store is at /schema/cross-encoder-model-store",
        solr.ask("PUT", "/tmdb/schema/mine", model("x", NEGATED)));
    assertEquals(200, solr.ask("DELETE", "/tmdb/schema/mine", "").status());
    assertEquals(1, solr.registry().models().size());
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
    assertTrue(reload.toString(), reload.toString().contains(path + ": is no directory"));
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
    assertRefused(403, "cannot be written", solr.ask("PUT", store, model));
  }
}
