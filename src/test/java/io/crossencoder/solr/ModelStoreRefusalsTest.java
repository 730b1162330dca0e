// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr;

import io.crossencoder.solr.HttpSolr.Answer;
import java.nio.file.Path;
import java.util.List;
import org.junit.Test;

/** Requests that the model store rejects. */
public final class ModelStoreRefusalsTest extends ModelStoreTestCase {

  @Test
  public void filesThatAreMissingOrBrokenAreNamed() throws Exception {
    assertRefused(home.resolve("models/nowhere") + ": is not a directory", model("nowhere", "{}"));
    assertRefused(
        "models/.versions/config.json: not found", model("x", "{\"path\":\".versions\"}"));
    assertRefused(
        "nope.onnx: not found; the directory contains onnx/model.onnx",
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
          answer.error().contains("is outside")
              // The messages of different versions of Solr.
              || answer.error().contains("solr.allowPaths")
              || answer.error().contains("solr.security.allow.paths"));
    }
    assertRefused("x.path must be a path", model("x", "{\"path\":\"\"}"));
    String tooLong = "p".repeat(4097);
    assertRefused("x.path must be a path", model("x", "{\"path\":\"" + tooLong + "\"}"));
    assertRefused("x.path must be a path", model("x", "{\"path\":\"a\\u0000b\"}"));
    assertRefused(
        "is outside the model's directory",
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
      assertRefused("must be an object with name, class and params", json);
    }
    assertRefused("name must be", model("x", "{}").replace("\"x\"", "7"));
    assertRefused("x.params must be an object", model("x", "[]"));
    assertRefused("x.path must be a path", model("x", "{\"path\":7}"));
    assertRefused("x.maxLength must be an integer", model("x", "{\"maxLength\":\"many\"}"));
    assertRefused("x.maxLength must be an integer", model("x", "{\"maxLength\":0}"));
    assertRefused("x.maxLength must be an integer", model("x", "{\"maxLength\":1.5}"));
    assertRefused(
        "x.dir is not a valid option; valid options: [batchCells, between, deviceId,"
            + " executionProvider, executionProviderFallback, file, maxLength, path, prefix, suffix]",
        model("x", "{\"dir\":1}"));
    assertRefused("[store] is not a valid key", "{\"store\":1}");
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
  public void whatIsNotJsonIsRefusedWithThePlace() {
    assertRefused("not JSON: line 1, column 8: Premature EOF", "{\"name\":");
    assertRefused("not JSON: line 1, column 15: Expected key,value", "{\"name\":\"x\" \"y\"}");
    assertRefused("not JSON: line 3, column 4: ", "{\"name\":\n \"x\",\n \"a\"}");
    assertRefused("not JSON: line 1, column 12: Unexpected object closer", "{\"name\":\"x\"}}");
    assertRefused("not JSON: line 1, column ", "nonsense");
    assertRefused(400, "must be an object with name, class and params", put(""));
    assertRefused(400, "not JSON: line 1, column 1", solr.ask("POST", STORE, "]"));
  }
}
