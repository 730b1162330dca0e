// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.models;

import io.crossencoder.model.CrossEncoder;
import io.crossencoder.solr.options.ParameterValues;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.solr.common.SolrException;
import org.apache.solr.common.SolrException.ErrorCode;

/**
 * The JSON of the model store: {@code {"name": ..., "class": ..., "params": {...}}}, one object or
 * a list.
 */
final class StoredModels {

  /** Required by Solr's convention; compared, but never loaded. */
  static final String CLASS = CrossEncoder.class.getName();

  private static final String NAME_KEY = "name";
  private static final String CLASS_KEY = "class";
  private static final String PARAMS_KEY = "params";
  private static final Set<String> KEYS = Set.of(NAME_KEY, CLASS_KEY, PARAMS_KEY);

  /** The name is used in URLs, and as the name of the directory if there is no path. */
  private static final Pattern NAME =
      Pattern.compile("[\\p{L}\\p{M}\\p{N}_-][\\p{L}\\p{M}\\p{N}._-]{0,99}");

  private StoredModels() {}

  /**
   * Parses the body of a PUT request.
   *
   * @throws SolrException 400 with the problem and the valid values
   */
  static List<ModelEntry> ofRequest(Object json, Map<String, ModelEntry> stored) {
    List<?> wanted = json instanceof List<?> list ? list : json == null ? List.of() : List.of(json);
    if (wanted.isEmpty()) {
      throw bad(
          "the body must be an object with name, class and params, or a list of such objects");
    }
    Map<String, ModelEntry> entries = new LinkedHashMap<>();
    for (Object model : wanted) {
      ModelEntry entry = entry(model);
      if (entries.put(entry.name(), entry) != null) {
        throw bad("model " + entry.name() + " appears twice");
      }
      if (!entry.equals(stored.getOrDefault(entry.name(), entry))) {
        throw bad(
            "model "
                + entry.name()
                + " already exists with other params; DELETE it first, or use another name");
      }
    }
    return List.copyOf(entries.values());
  }

  /** Parses the stored data. */
  static SortedMap<String, ModelEntry> ofStorage(Object data) {
    SortedMap<String, ModelEntry> entries = new TreeMap<>();
    if (data instanceof Collection<?> list) {
      for (Object model : list) {
        ModelEntry entry = entry(model);
        entries.put(entry.name(), entry);
      }
    }
    return entries;
  }

  private static ModelEntry entry(Object json) {
    if (!(json instanceof Map<?, ?> model)) {
      throw bad(
          "a model must be an object with name, class and params, not '"
              + ParameterValues.shown(json)
              + "'");
    }
    Set<Object> unknown = new LinkedHashSet<>(model.keySet());
    unknown.removeAll(KEYS);
    if (!unknown.isEmpty()) {
      throw bad(
          ParameterValues.shown(unknown)
              + " is not a valid key; valid keys: "
              + new TreeSet<>(KEYS));
    }
    if (!(model.get(NAME_KEY) instanceof String name) || !NAME.matcher(name).matches()) {
      throw bad(
          "name must be 1 to 100 letters, digits, '_', '-' and '.', and not start with '.', not '"
              + ParameterValues.shown(model.get(NAME_KEY))
              + "'");
    }
    if (!CLASS.equals(model.get(CLASS_KEY))) {
      throw bad(
          "class must be " + CLASS + ", not '" + ParameterValues.shown(model.get(CLASS_KEY)) + "'");
    }
    Object params = model.containsKey(PARAMS_KEY) ? model.get(PARAMS_KEY) : Map.of();
    if (!(params instanceof Map<?, ?> options)) {
      throw bad(name + ".params must be an object, not '" + ParameterValues.shown(params) + "'");
    }
    Map<String, Object> byName = new LinkedHashMap<>();
    options.forEach((key, value) -> byName.put(String.valueOf(key), value));
    try {
      return ModelEntry.parse(name, byName);
    } catch (IllegalArgumentException e) {
      throw bad(e.getMessage());
    }
  }

  static List<Map<String, Object>> toJson(Collection<ModelEntry> entries) {
    List<Map<String, Object>> json = new ArrayList<>();
    for (ModelEntry entry : entries) {
      Map<String, Object> model = new LinkedHashMap<>();
      model.put(NAME_KEY, entry.name());
      model.put(CLASS_KEY, CLASS);
      model.put(PARAMS_KEY, entry.toMap());
      json.add(model);
    }
    return json;
  }

  /**
   * The model with this name.
   *
   * @throws SolrException 404 with the stored names
   */
  static ModelEntry get(Map<String, ModelEntry> stored, String name) {
    ModelEntry entry = stored.get(name);
    if (entry == null) {
      throw new SolrException(
          ErrorCode.NOT_FOUND,
          "crossencoder: the model store has no model '"
              + ParameterValues.shown(name)
              + "'; available: "
              + stored.keySet());
    }
    return entry;
  }

  private static SolrException bad(String message) {
    return new SolrException(ErrorCode.BAD_REQUEST, "crossencoder: " + message);
  }
}
