// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.parameters;

import io.crossencoder.solr.models.ModelEntry;
import io.crossencoder.solr.options.Option;
import io.crossencoder.solr.options.Values;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.solr.common.SolrException;
import org.apache.solr.common.SolrException.ErrorCode;
import org.apache.solr.common.params.ModifiableSolrParams;
import org.apache.solr.common.params.SolrParams;
import org.apache.solr.common.util.NamedList;

/**
 * The configuration of the parser in {@code solrconfig.xml}: defaults of local parameters, limits
 * for requests, and the models to load.
 *
 * @param defaults values of parameters of {@link RerankParameter} by key
 * @param maxReRankDocs maximum {@code reRankDocs} of a request
 * @param maxQueryLength maximum number of characters of the query text
 * @param models installed models to load; none: all
 */
public record PluginConfig(
    SolrParams defaults, int maxReRankDocs, int maxQueryLength, Optional<List<ModelEntry>> models) {

  /** The most that a request may ask for. */
  public static final Option<Integer> MAX_RE_RANK_DOCS =
      new Option<>(
          "maxReRankDocs",
          Values.wholeNumber(1, Integer.MAX_VALUE),
          1000,
          "Maximum `reRankDocs` of a request, and maximum number of documents that the function scores"
              + " per request.");

  private static final Option<Integer> MAX_QUERY_LENGTH =
      new Option<>(
          "maxQueryLength",
          Values.wholeNumber(1, Integer.MAX_VALUE),
          10_000,
          "Maximum number of characters of the query text for the model. A longer text is truncated.");

  private static final Option<String> MODELS =
      Option.open(
          "models",
          Values.text("`<lst>` with a `<lst>` of options per model"),
          "all installed models",
          "Models in `SOLR_HOME/models` to load, and their options. If the list is empty, none of them"
              + " is loaded.");

  /** Additional options of the parser in {@code solrconfig.xml}. */
  public static final List<Option<?>> OPTIONS = List.of(MODELS, MAX_RE_RANK_DOCS, MAX_QUERY_LENGTH);

  public static PluginConfig parse(NamedList<?> args) {
    NamedList<Object> defaults = new NamedList<>();
    int maxReRankDocs = MAX_RE_RANK_DOCS.fallback().orElseThrow();
    int maxQueryLength = MAX_QUERY_LENGTH.fallback().orElseThrow();
    Optional<List<ModelEntry>> models = Optional.empty();
    for (Map.Entry<String, ?> arg : args) {
      String name = arg.getKey();
      if (RerankParameter.KEYS_WITH_DEFAULT.contains(name)) {
        if (arg.getValue() == null || arg.getValue() instanceof Iterable<?>) {
          throw unusable(name, "must be one value, such as title,overview");
        }
        defaults.add(name, arg.getValue().toString());
      } else if (name.equals(MAX_RE_RANK_DOCS.key())) {
        maxReRankDocs = checked(() -> MAX_RE_RANK_DOCS.parse(name, arg.getValue()));
      } else if (name.equals(MAX_QUERY_LENGTH.key())) {
        maxQueryLength = checked(() -> MAX_QUERY_LENGTH.parse(name, arg.getValue()));
      } else if (name.equals(MODELS.key())) {
        models = Optional.of(models(arg.getValue()));
      } else {
        throw unusable(
            name,
            "is not a valid option; valid options: "
                + Option.keys(OPTIONS)
                + " and "
                + RerankParameter.KEYS_WITH_DEFAULT);
      }
    }
    return withUsableDefaults(
        new PluginConfig(defaults.toSolrParams(), maxReRankDocs, maxQueryLength, models));
  }

  /** A copy with a default, if {@code solrconfig.xml} does not set it. */
  public PluginConfig withDefault(Option<?> option, String value) {
    SolrParams more = new ModifiableSolrParams().set(option.key(), value);
    return new PluginConfig(
        SolrParams.wrapDefaults(defaults, more), maxReRankDocs, maxQueryLength, models);
  }

  private static PluginConfig withUsableDefaults(PluginConfig config) {
    try {
      RerankParams.checkDefaults(config);
      return config;
    } catch (SolrException e) {
      throw new SolrException(
          ErrorCode.SERVER_ERROR, "solrconfig.xml, queryParser " + e.getMessage(), e);
    }
  }

  private static List<ModelEntry> models(Object setting) {
    Map<String, Object> list =
        entries(setting)
            .orElseThrow(
                () -> unusable(MODELS.key(), "must be a <lst> with a <lst> for each model"));
    Map<String, ModelEntry> models = new TreeMap<>();
    list.forEach(
        (name, settings) -> {
          Map<String, Object> options =
              entries(settings)
                  .orElseThrow(
                      () ->
                          unusable(
                              name,
                              "must be a <lst> with the options of the model; it can be empty"));
          models.put(name, checked(() -> ModelEntry.parse(name, options)));
        });
    return List.copyOf(models.values());
  }

  /** From a list in {@code solrconfig.xml}, or an object in the JSON of Solr's Config API. */
  private static Optional<Map<String, Object>> entries(Object setting) {
    Map<String, Object> entries = new LinkedHashMap<>();
    if (setting instanceof NamedList<?> list) {
      list.forEach((name, value) -> entries.put(name, value));
    } else if (setting instanceof Map<?, ?> map) {
      map.forEach((name, value) -> entries.put(String.valueOf(name), value));
    } else {
      return Optional.empty();
    }
    return Optional.of(entries);
  }

  private static <T> T checked(Supplier<T> parsing) {
    try {
      return parsing.get();
    } catch (IllegalArgumentException e) {
      throw unusable(e.getMessage(), "");
    }
  }

  private static SolrException unusable(String name, String reason) {
    return new SolrException(
        ErrorCode.SERVER_ERROR,
        ("solrconfig.xml, queryParser crossencoder: " + name + " " + reason).trim());
  }
}
