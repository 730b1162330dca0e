// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.parameters;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import io.crossencoder.model.Execution;
import io.crossencoder.model.ExecutionProvider;
import io.crossencoder.model.ModelOptions;
import io.crossencoder.solr.models.ModelEntry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.solr.common.SolrException;
import org.apache.solr.common.util.NamedList;
import org.junit.Test;

public class PluginConfigTest {

  private static final Map<String, Object> OPTIONS =
      Map.of(
          "file",
          "auto",
          "maxLength",
          256,
          "executionProvider",
          "cuda",
          "deviceId",
          1,
          "executionProviderFallback",
          true,
          "batchCells",
          16_384);

  private static ModelOptions options(Object... namesAndValues) {
    NamedList<Object> settings = new NamedList<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      settings.add((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    NamedList<Object> models = new NamedList<>();
    models.add("minilm", settings);
    NamedList<Object> args = new NamedList<>();
    args.add("models", models);
    return PluginConfig.parse(args).models().orElseThrow().get(0).options();
  }

  private static void assertUnusable(String reason, Object... namesAndValues) {
    SolrException e = assertThrows(SolrException.class, () -> options(namesAndValues));
    assertTrue(e.getMessage(), e.getMessage().contains("queryParser crossencoder: " + reason));
  }

  @Test
  public void anOptionOfTheParserThatNobodyKnows() {
    assertRefused(
        "maxRerankDocs is not a valid option; valid options: [maxQueryLength, maxReRankDocs, models] and [blend, ",
        "maxRerankDocs",
        200);
  }

  @Test
  public void modelsThatAreNoList() {
    assertRefused("models must be a <lst> with a <lst> for each model", "models", "minilm");
  }

  @Test
  public void whatIsNoSingleValue() {
    assertRefused("fields must be one value", "fields", List.of("title", "overview"));
    assertRefused("minScore must be one value", "minScore", null);
    assertRefused("maxReRankDocs must be an integer", "maxReRankDocs", null);
  }

  @Test
  public void modelsInTheJsonOfTheConfigApi() {
    NamedList<Object> args = new NamedList<>();
    args.add("models", Map.of("minilm", Map.of("maxLength", 64L)));
    ModelOptions options = PluginConfig.parse(args).models().orElseThrow().get(0).options();
    assertEquals(new ModelOptions(Optional.empty(), Optional.of(64)), options);
  }

  @Test
  public void aDefaultThatNoRequestCouldUse() {
    assertRefused("reRankDocs='many': must be an integer from 1 to 1000", "reRankDocs", "many");
    assertRefused("passage='tail': must be head, maxp or max", "passage", "tail");
    assertRefused("onFailure='panic': must be firstPass or error", "onFailure", "panic");
    assertRefused("reRankScope='world': must be shard or global", "reRankScope", "world");
    assertRefused("minScore='high': must be a number", "minScore", "high");
    assertRefused("reRankTimeout='0': must be an integer", "reRankTimeout", 0);
    assertRefused(
        "reRankOperator='divide': must be add, multiply or replace", "reRankOperator", "divide");
    assertRefused("blend='ce +': at position", "blend", "ce +");
  }

  private static void assertRefused(String reason, String name, Object value) {
    NamedList<Object> args = new NamedList<>();
    args.add(name, value);
    SolrException e = assertThrows(SolrException.class, () -> PluginConfig.parse(args));
    assertTrue(e.getMessage(), e.getMessage().contains("queryParser crossencoder: " + reason));
  }

  @Test
  public void aModelWithoutOptionsIsRunAsItIs() {
    assertEquals(ModelOptions.DEFAULTS, options());
  }

  @Test
  public void everyOptionOfAModel() {
    assertEquals(
        new ModelOptions(
            Optional.of("auto"),
            Optional.of(256),
            new Execution(ExecutionProvider.CUDA, 1, true, 16_384)),
        options(
            OPTIONS.entrySet().stream()
                .flatMap(e -> Stream.of(e.getKey(), e.getValue()))
                .toArray()));
  }

  @Test
  public void theModelStoreKeepsEveryOption() {
    Map<String, Object> options = new HashMap<>(OPTIONS);
    options.putAll(Map.of("prefix", "Query: ", "between", "\nDocument: ", "suffix", ""));
    ModelEntry entry = ModelEntry.parse("minilm", options);
    assertEquals(options, entry.toMap());
    assertEquals(Map.of(), ModelEntry.installed("minilm").toMap());
  }

  @Test
  public void anOptionThatNobodyKnows() {
    assertUnusable(
        "minilm.length is not a valid option; valid options: [batchCells, between, ", "length", 1);
  }

  @Test
  public void aProviderThatNobodyKnows() {
    assertUnusable(
        "minilm.executionProvider must be cpu, cuda, tensorrt, rocm, directml, coreml, openvino, dnnl or"
            + " xnnpack, not 'gpu'",
        "executionProvider",
        "gpu");
  }

  @Test
  public void aDeviceWhereThereIsNoneToChoose() {
    assertUnusable("minilm.deviceId is not supported by executionProvider=cpu", "deviceId", 1);
    assertUnusable(
        "minilm.deviceId must be an integer, 0 or greater, not '-1'",
        "executionProvider",
        "cuda",
        "deviceId",
        -1);
  }

  @Test
  public void valuesOfTheWrongKind() {
    assertUnusable("minilm.batchCells must be an integer, 1 or greater, not '0'", "batchCells", 0);
    assertUnusable(
        "minilm.maxLength must be an integer, 16 or greater, not 'long'", "maxLength", "long");
    assertUnusable(
        "minilm.executionProviderFallback must be true or false, not 'maybe'",
        "executionProviderFallback",
        "maybe");
  }
}
