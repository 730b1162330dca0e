// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.models;

import io.crossencoder.model.ModelOptions;
import io.crossencoder.solr.options.Option;
import io.crossencoder.solr.options.ParameterValues;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.stream.Stream;

/**
 * What an administrator says of one model, in solrconfig or in the model store.
 *
 * @param name what requests call it
 * @param path where its directory lies: below {@code <solr home>/models}, or an absolute path that
 *     Solr's allowPaths admits; none: the directory of its name
 * @param options how it is loaded
 */
public record ModelEntry(String name, Optional<String> path, ModelOptions options) {

  private static final Option PATH =
      new Option(
          "path",
          "the model's name",
          "a path below `<solr home>/models`, or an absolute one that `allowPaths` of solr.xml"
              + " (`-Dsolr.allowPaths`, in Solr 10 `-Dsolr.security.allow.paths`) admits",
          "Where its directory lies.");

  private static final Option FILE =
      new Option(
          "file",
          "the first there is of `" + String.join("`, `", ModelOptions.STANDARD_FILES) + "`",
          "a path below the model's directory, `auto`",
          "The graph. `auto`: the int8 one made for this CPU, if there is one.");

  private static final Option MAX_LENGTH =
      new Option(
          "maxLength",
          "the model's own, at most 512",
          "a whole number from " + ModelOptions.MIN_MAX_LENGTH,
          "The most tokens of a pair that are read; never more than the model can.");

  /** All, in the order of the reference. */
  public static final List<Option> OPTIONS =
      Stream.concat(Stream.of(PATH, FILE, MAX_LENGTH), ExecutionOptions.OPTIONS.stream()).toList();

  private static final SortedSet<String> KEYS = Option.keys(OPTIONS);

  /** Of any system; the message that something is not there repeats it. */
  private static final int LONGEST_PATH = 4096;

  /** An installed model, as it is. */
  public static ModelEntry installed(String name) {
    return new ModelEntry(name, Optional.empty(), ModelOptions.DEFAULTS);
  }

  /**
   * Reads and checks the options of a model.
   *
   * @throws IllegalArgumentException naming the option and what is allowed
   */
  public static ModelEntry parse(String name, Map<String, ?> options) {
    for (String key : options.keySet()) {
      if (!KEYS.contains(key)) {
        throw new IllegalArgumentException(
            name + "." + ParameterValues.shown(key) + " is not known; known are " + KEYS);
      }
    }
    return new ModelEntry(
        name,
        path(name, PATH.key(), options),
        new ModelOptions(
            path(name, FILE.key(), options),
            Optional.ofNullable(options.get(MAX_LENGTH.key()))
                .map(
                    value ->
                        wholeNumber(
                            name + "." + MAX_LENGTH.key(), ModelOptions.MIN_MAX_LENGTH, value)),
            ExecutionOptions.parse(name, options)));
  }

  private static Optional<String> path(String name, String key, Map<String, ?> options) {
    Object value = options.get(key);
    if (value == null) {
      return Optional.empty();
    }
    try {
      if (value instanceof String text
          && text.length() <= LONGEST_PATH
          && !text.isBlank()
          && !Path.of(text).toString().isEmpty()) {
        return Optional.of(text);
      }
    } catch (InvalidPathException e) {
      // Said below, as for what is no text.
    }
    throw new IllegalArgumentException(
        name + "." + key + " must be a path, not '" + ParameterValues.shown(value) + "'");
  }

  public static int wholeNumber(String what, Object value) {
    return wholeNumber(what, 1, value);
  }

  public static int wholeNumber(String what, int least, Object value) {
    try {
      int number = Integer.parseInt(String.valueOf(value).trim());
      if (number >= least) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Said below, as for a number that is too small.
    }
    throw new IllegalArgumentException(
        what
            + " must be a whole number from "
            + least
            + ", not '"
            + ParameterValues.shown(value)
            + "'");
  }

  /** The options as {@link #parse} reads them. */
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    path.ifPresent(value -> map.put(PATH.key(), value));
    options.file().ifPresent(value -> map.put(FILE.key(), value));
    options.maxLength().ifPresent(value -> map.put(MAX_LENGTH.key(), value));
    map.putAll(ExecutionOptions.toMap(options.execution()));
    return map;
  }
}
