// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr;

import io.crossencoder.model.Execution;
import io.crossencoder.model.ExecutionProvider;
import io.crossencoder.model.ModelOptions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.solr.common.SolrException;
import org.apache.solr.common.SolrException.ErrorCode;
import org.apache.solr.common.params.SolrParams;
import org.apache.solr.common.util.NamedList;

/**
 * What solrconfig says of the parser: the defaults of the local parameters of the same names, a
 * ceiling for {@code reRankDocs}, and which models to load.
 *
 * @param defaults the values solrconfig gives to {@link RerankParams} onFailure}
 * @param maxReRankDocs the most that a request may ask for
 * @param models options by name; empty: every installed model, as it is
 */
record PluginConfig(SolrParams defaults, int maxReRankDocs, Map<String, ModelOptions> models) {

  private static final String MODELS = "models";
  private static final String MAX_RE_RANK_DOCS = "maxReRankDocs";
  private static final String FILE = "file";
  private static final String MAX_LENGTH = "maxLength";
  private static final String EXECUTION_PROVIDER = "executionProvider";
  private static final String DEVICE_ID = "deviceId";
  private static final String FALLBACK = "executionProviderFallback";
  private static final String BATCH_CELLS = "batchCells";
  private static final List<String> MODEL_OPTIONS =
      List.of(FILE, MAX_LENGTH, EXECUTION_PROVIDER, DEVICE_ID, FALLBACK, BATCH_CELLS);
  private static final int MAX_RE_RANK_DOCS_DEFAULT = 1000;

  static PluginConfig parse(NamedList<?> args) {
    NamedList<Object> defaults = new NamedList<>();
    int maxReRankDocs = MAX_RE_RANK_DOCS_DEFAULT;
    Map<String, ModelOptions> models = Map.of();
    for (Map.Entry<String, ?> arg : args) {
      String name = arg.getKey();
      if (RerankParams.WITH_DEFAULT.contains(name)) {
        defaults.add(name, arg.getValue().toString());
      } else if (name.equals(MAX_RE_RANK_DOCS)) {
        maxReRankDocs = wholeNumber(name, arg.getValue());
      } else if (name.equals(MODELS) && arg.getValue() instanceof NamedList<?> list) {
        models = models(list);
      } else {
        throw unusable(
            name,
            "is not known; known are "
                + MODELS
                + ", "
                + MAX_RE_RANK_DOCS
                + " and "
                + new TreeSet<>(RerankParams.WITH_DEFAULT));
      }
    }
    return new PluginConfig(defaults.toSolrParams(), maxReRankDocs, models);
  }

  private static Map<String, ModelOptions> models(NamedList<?> list) {
    Map<String, ModelOptions> models = new TreeMap<>();
    for (Map.Entry<String, ?> model : list) {
      if (!(model.getValue() instanceof NamedList<?> settings)) {
        throw unusable(model.getKey(), "must be a <lst> with the model's options, maybe empty");
      }
      models.put(model.getKey(), options(model.getKey(), settings));
    }
    return models;
  }

  private static ModelOptions options(String model, NamedList<?> settings) {
    settings.forEach(
        (name, value) -> {
          if (!MODEL_OPTIONS.contains(name)) {
            throw unusable(
                model + "." + name, "is not known; known are " + String.join(", ", MODEL_OPTIONS));
          }
        });
    return new ModelOptions(
        Optional.ofNullable(settings.get(FILE)).map(Object::toString),
        Optional.ofNullable(settings.get(MAX_LENGTH)).map(value -> wholeNumber(MAX_LENGTH, value)),
        execution(settings));
  }

  private static Execution execution(NamedList<?> settings) {
    Execution standard = Execution.DEFAULT;
    Object name = settings.get(EXECUTION_PROVIDER);
    ExecutionProvider provider = name == null ? standard.provider() : provider(name.toString());
    Object device = settings.get(DEVICE_ID);
    if (device != null && !provider.hasDevices()) {
      throw unusable(DEVICE_ID, "makes no sense with executionProvider=" + provider.id());
    }
    Object cells = settings.get(BATCH_CELLS);
    return new Execution(
        provider,
        device == null ? standard.deviceId() : wholeNumber(DEVICE_ID, 0, device),
        trueOrFalse(settings.get(FALLBACK)),
        cells == null ? standard.batchCells() : wholeNumber(BATCH_CELLS, cells));
  }

  private static ExecutionProvider provider(String name) {
    return ExecutionProvider.of(name)
        .orElseThrow(
            () ->
                unusable(
                    EXECUTION_PROVIDER,
                    "is one of "
                        + String.join(", ", ExecutionProvider.ids())
                        + ", not '"
                        + name
                        + "'"));
  }

  private static boolean trueOrFalse(Object value) {
    String text = value == null ? "false" : value.toString();
    if (!List.of("true", "false").contains(text)) {
      throw unusable(FALLBACK, "must be true or false, not '" + text + "'");
    }
    return text.equals("true");
  }

  private static int wholeNumber(String name, Object value) {
    return wholeNumber(name, 1, value);
  }

  private static int wholeNumber(String name, int least, Object value) {
    try {
      int number = Integer.parseInt(value.toString().trim());
      if (number >= least) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Said below, as for a number that is too small.
    }
    throw unusable(name, "must be a whole number from " + least + ", not '" + value + "'");
  }

  private static SolrException unusable(String name, String reason) {
    return new SolrException(
        ErrorCode.SERVER_ERROR, "solrconfig, queryParser crossencoder: " + name + " " + reason);
  }
}
