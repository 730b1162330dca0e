// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr;

import io.crossencoder.model.ModelOptions;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What an administrator says of one model, in solrconfig or in the model store.
 *
 * @param name what requests call it
 * @param path where its directory lies: below {@code <solr home>/models}, or an absolute path that
 *     Solr's allowPaths admits; none: the directory of its name
 * @param options how it is loaded
 */
record ModelEntry(String name, Optional<String> path, ModelOptions options) {

  static final String PATH = "path";
  static final String FILE = "file";
  static final String MAX_LENGTH = "maxLength";

  private static final Set<String> KEYS = keys();

  private static Set<String> keys() {
    Set<String> keys = new TreeSet<>(ExecutionOptions.KEYS);
    keys.addAll(Set.of(PATH, FILE, MAX_LENGTH));
    return keys;
  }

  /** An installed model, as it is. */
  static ModelEntry installed(String name) {
    return new ModelEntry(name, Optional.empty(), ModelOptions.DEFAULTS);
  }

  /**
   * Reads and checks the options of a model.
   *
   * @throws IllegalArgumentException naming the option and what is allowed
   */
  static ModelEntry parse(String name, Map<String, ?> options) {
    for (String key : options.keySet()) {
      if (!KEYS.contains(key)) {
        throw new IllegalArgumentException(
            name + "." + shown(key) + " is not known; known are " + KEYS);
      }
    }
    return new ModelEntry(
        name,
        path(name, PATH, options),
        new ModelOptions(
            path(name, FILE, options),
            Optional.ofNullable(options.get(MAX_LENGTH))
                .map(value -> wholeNumber(name + "." + MAX_LENGTH, value)),
            ExecutionOptions.parse(name, options)));
  }

  private static Optional<String> path(String name, String key, Map<String, ?> options) {
    Object value = options.get(key);
    if (value == null) {
      return Optional.empty();
    }
    try {
      if (value instanceof String text && !text.isBlank() && !Path.of(text).toString().isEmpty()) {
        return Optional.of(text);
      }
    } catch (InvalidPathException e) {
      // Said below, as for what is no text.
    }
    throw new IllegalArgumentException(
        name + "." + key + " must be a path, not '" + shown(value) + "'");
  }

  static int wholeNumber(String what, Object value) {
    return wholeNumber(what, 1, value);
  }

  static int wholeNumber(String what, int least, Object value) {
    try {
      int number = Integer.parseInt(value.toString().trim());
      if (number >= least) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Said below, as for a number that is too small.
    }
    throw new IllegalArgumentException(
        what + " must be a whole number from " + least + ", not '" + shown(value) + "'");
  }

  /** Text of others, as it may stand in a message: short, and of one line. */
  static String shown(Object value) {
    String text = String.valueOf(value).replaceAll("\\p{Cntrl}", " ");
    return text.length() <= 80 ? text : text.substring(0, 80) + "...";
  }

  /** The options as {@link #parse} reads them. */
  Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    path.ifPresent(value -> map.put(PATH, value));
    options.file().ifPresent(value -> map.put(FILE, value));
    options.maxLength().ifPresent(value -> map.put(MAX_LENGTH, value));
    map.putAll(ExecutionOptions.toMap(options.execution()));
    return map;
  }
}
