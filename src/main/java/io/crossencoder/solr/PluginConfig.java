// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr;

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
 * ceilings for what a request may ask, and which models to load.
 *
 * @param defaults the values solrconfig gives to {@link RerankParams} onFailure}
 * @param maxReRankDocs the most that a request may ask for
 * @param maxQueryLength the most characters that its text may have
 * @param models options by name; empty: every installed model, as it is
 */
record PluginConfig(
    SolrParams defaults, int maxReRankDocs, int maxQueryLength, Map<String, ModelOptions> models) {

  private static final String MODELS = "models";
  private static final String MAX_RE_RANK_DOCS = "maxReRankDocs";
  private static final String FILE = "file";
  private static final String MAX_LENGTH = "maxLength";
  private static final int MAX_RE_RANK_DOCS_DEFAULT = 1000;
  private static final String MAX_QUERY_LENGTH = "maxQueryLength";
  private static final int MAX_QUERY_LENGTH_DEFAULT = 10_000;

  static PluginConfig parse(NamedList<?> args) {
    NamedList<Object> defaults = new NamedList<>();
    int maxReRankDocs = MAX_RE_RANK_DOCS_DEFAULT;
    int maxQueryLength = MAX_QUERY_LENGTH_DEFAULT;
    Map<String, ModelOptions> models = Map.of();
    for (Map.Entry<String, ?> arg : args) {
      String name = arg.getKey();
      if (RerankParameter.KEYS_WITH_DEFAULT.contains(name)) {
        defaults.add(name, arg.getValue().toString());
      } else if (name.equals(MAX_RE_RANK_DOCS)) {
        maxReRankDocs = wholeNumber(name, arg.getValue());
      } else if (name.equals(MAX_QUERY_LENGTH)) {
        maxQueryLength = wholeNumber(name, arg.getValue());
      } else if (name.equals(MODELS) && arg.getValue() instanceof NamedList<?> list) {
        models = models(list);
      } else {
        throw unusable(
            name,
            "is not known; known are "
                + MODELS
                + ", "
                + MAX_RE_RANK_DOCS
                + ", "
                + MAX_QUERY_LENGTH
                + " and "
                + new TreeSet<>(RerankParameter.KEYS_WITH_DEFAULT));
      }
    }
    return new PluginConfig(defaults.toSolrParams(), maxReRankDocs, maxQueryLength, models);
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
          if (!List.of(FILE, MAX_LENGTH).contains(name)) {
            throw unusable(model + "." + name, "is not known; known are file and maxLength");
          }
        });
    Object maxLength = settings.get(MAX_LENGTH);
    return new ModelOptions(
        Optional.ofNullable(settings.get(FILE)).map(Object::toString),
        Optional.ofNullable(maxLength).map(value -> wholeNumber(MAX_LENGTH, value)));
  }

  private static int wholeNumber(String name, Object value) {
    try {
      int number = Integer.parseInt(value.toString().trim());
      if (number >= 1) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Said below, as for a number that is too small.
    }
    throw unusable(name, "must be a whole number from 1, not '" + value + "'");
  }

  private static SolrException unusable(String name, String reason) {
    return new SolrException(
        ErrorCode.SERVER_ERROR, "solrconfig, queryParser crossencoder: " + name + " " + reason);
  }
}
