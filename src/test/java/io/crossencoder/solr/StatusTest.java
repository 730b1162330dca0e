// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.Test;

/** The status handler over HTTP, and the documentation of its metrics. */
public final class StatusTest extends StatusTestCase {

  @Test
  public void itSaysWhatIsLoadedAndWhatRunsIt() throws Exception {
    JsonObject status = status();
    JsonObject model = status.getAsJsonArray("models").get(0).getAsJsonObject();
    assertEquals("tmdb-starter", model.get("name").getAsString());
    assertEquals("onnx/model.onnx", model.get("file").getAsString());
    assertEquals(64, model.get("fingerprint").getAsString().length());
    assertEquals(1, model.get("users").getAsInt());
    assertTrue(model.get("tokensPerSecond").getAsLong() > 0);
    JsonObject versions = status.getAsJsonObject("versions");
    assertEquals("1.28.0", versions.get("onnxruntime").getAsString());
    assertEquals("0.38.0", versions.get("tokenizers").getAsString());
    assertTrue(versions.get("solr").getAsString().startsWith(SOLR + "."));
    JsonObject metrics = status.getAsJsonObject("metrics");
    assertEquals(1, metrics.getAsJsonObject("node").get("models_loaded").getAsInt());
    JsonObject ofModel = metrics.getAsJsonObject("models").getAsJsonObject("tmdb-starter");
    assertTrue(ofModel.getAsJsonObject("inference_seconds").get("count").getAsInt() > 0);
    assertEquals(0, status.getAsJsonArray("failures").size());
    assertFalse("not unless asked for", status.has("selftest"));
  }

  @Test
  public void itShowsNoPathOfTheServer() throws Exception {
    assertFalse(get(STATUS + "?selftest=true").body().contains(home.toString()));
    assertFalse(prometheus().contains(home.toString()));
  }

  @Test
  public void aHealthyModelPassesItsSelfTest() throws Exception {
    HttpResponse<String> response = get(STATUS + "?selftest=true");
    assertEquals(response.body(), 200, response.statusCode());
    JsonObject test = json(response).getAsJsonArray("selftest").get(0).getAsJsonObject();
    assertEquals("tmdb-starter", test.get("model").getAsString());
    assertEquals("passed", test.get("result").getAsString());
    assertTrue(test.get("worstDifference").getAsDouble() < 0.001);
  }

  @Test
  public void theSelfTestComputesAnew() throws Exception {
    get(STATUS + "?selftest=true");
    long before = value("solr_crossencoder_pairs_scored_total");
    get(STATUS + "?selftest=true");
    assertEquals(before + 4, value("solr_crossencoder_pairs_scored_total"));
  }

  @Test
  public void prometheusHasNoSelfTest() throws Exception {
    HttpResponse<String> response = get(STATUS + "?wt=prometheus&selftest=true");
    assertEquals(response.body(), 400, response.statusCode());
    assertTrue(response.body(), response.body().contains("selftest='true'"));
    assertEquals(400, get(STATUS + "?wt=prometheus&selftest=perhaps").statusCode());
  }

  @Test
  public void aModelThatScoresOtherwiseMakesIt503() throws Exception {
    JsonObject test =
        selfTestWith(
            "{'tolerance':0.1,'pairs':[{'query':'war','passage':'War','score':99}]}"
                .replace('\'', '"'),
            503);
    assertEquals("failed", test.get("result").getAsString());
    assertTrue(test.get("worstDifference").getAsDouble() > 80);
    assertTrue(test.get("message").getAsString().contains("expected 99"));
  }

  @Test
  public void probePairsThatCannotBeReadMakeIt503() throws Exception {
    JsonObject test = selfTestWith("no json", 503);
    assertEquals("failed", test.get("result").getAsString());
    assertTrue(test.get("message").getAsString().contains("probe.json"));
  }

  @Test
  public void aModelWithoutProbePairsIsNotSick() throws Exception {
    assertEquals("no_probe", selfTestWith("", 200).get("result").getAsString());
  }

  @Test
  public void aCoreThatDidNotLoadIsAmongTheFailures() throws Exception {
    Path core = FilmsTestCase.core(home, "broken");
    Path config = core.resolve("conf/solrconfig.xml");
    Files.writeString(
        config,
        Files.readString(config)
            .replace(
                "<str name=\"model\">tmdb-starter</str>",
                "<str name=\"model\">tmdb-starter</str><lst name=\"models\"><lst"
                    + " name=\"no-such-model\"/></lst>"));
    assertTrue(get("/admin/cores?action=CREATE&name=broken").statusCode() >= 400);
    JsonArray failures = status().getAsJsonArray("failures");
    JsonObject failure = failures.get(failures.size() - 1).getAsJsonObject();
    assertEquals(failure.toString(), 1, failure.get("count").getAsInt());
    assertTrue(failure.get("error").getAsString().contains("no-such-model"));
  }
}
