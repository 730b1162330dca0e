// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.models;

import io.crossencoder.model.ModelOptions;
import io.crossencoder.solr.options.Option;
import io.crossencoder.solr.options.ParameterValues;
import io.crossencoder.solr.options.Values;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;

/**
 * The configuration of one model in {@code solrconfig.xml} or in the model store.
 *
 * @param name name of the model in requests
 * @param path its directory: relative to {@code SOLR_HOME/models}, or an absolute path that Solr's
 *     allowPaths permits; none: the directory with the name of the model
 * @param options options of the model
 */
public record ModelEntry(String name, Optional<String> path, ModelOptions options) {

  private static final Values<String> PATHS =
      new Values<>("a path", "a path", ModelEntry::path, path -> path);

  private static final Option<String> PATH =
      Option.open(
          "path",
          PATHS.documented(
              "path relative to `SOLR_HOME/models`, or an absolute path that `allowPaths` in `solr.xml`"
                  + " (`-Dsolr.allowPaths`, in Solr 10 `-Dsolr.security.allow.paths`) permits"),
          "name of the model",
          "Directory of the model.");

  private static final Option<String> FILE =
      Option.open(
          "file",
          PATHS.documented("path in the model's directory, `auto`"),
          "the first existing file of `" + String.join("`, `", ModelOptions.STANDARD_FILES) + "`",
          "ONNX file. `auto`: the int8 file for this CPU if there is one.");

  private static final Option<Integer> MAX_LENGTH =
      Option.open(
          "maxLength",
          Values.wholeNumber(ModelOptions.MIN_MAX_LENGTH, Integer.MAX_VALUE),
          "limit of the model, at most 512",
          "Maximum number of tokens per pair. It cannot exceed the limit of the model.");

  /** All options in the order of the reference. */
  public static final List<Option<?>> OPTIONS = everyOption();

  private static final SortedSet<String> KEYS = Option.keys(OPTIONS);

  /** The limit of common file systems; error messages repeat the path. */
  private static final int LONGEST_PATH = 4096;

  /**
   * The entry of an installed model without configuration.
   *
   * @param name name of its directory
   * @return an entry with default options
   */
  public static ModelEntry installed(String name) {
    return new ModelEntry(name, Optional.empty(), ModelOptions.DEFAULTS);
  }

  /**
   * Parses and checks the options of a model.
   *
   * @param name name of the model in requests
   * @param options values by key
   * @return the entry
   * @throws IllegalArgumentException with the option and the valid values
   */
  public static ModelEntry parse(String name, Map<String, ?> options) {
    for (String key : options.keySet()) {
      if (!KEYS.contains(key)) {
        throw new IllegalArgumentException(
            name
                + "."
                + ParameterValues.shown(key)
                + " is not a valid option; valid options: "
                + KEYS);
      }
    }
    String owner = name + ".";
    return new ModelEntry(
        name,
        PATH.in(owner, options),
        new ModelOptions(
            FILE.in(owner, options),
            MAX_LENGTH.in(owner, options),
            ExecutionOptions.parse(owner, options),
            TemplateOptions.parse(owner, options)));
  }

  private static List<Option<?>> everyOption() {
    List<Option<?>> all = new ArrayList<>(List.of(PATH, FILE, MAX_LENGTH));
    all.addAll(TemplateOptions.OPTIONS);
    all.addAll(ExecutionOptions.OPTIONS);
    return List.copyOf(all);
  }

  private static Optional<String> path(Object value) {
    try {
      return Optional.of(value)
          .filter(String.class::isInstance)
          .map(String.class::cast)
          .filter(text -> text.length() <= LONGEST_PATH && !text.isBlank())
          .filter(text -> !Path.of(text).toString().isEmpty());
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  /** {@return the options as input of {@link #parse}} */
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    path.ifPresent(value -> map.put(PATH.key(), value));
    options.file().ifPresent(value -> map.put(FILE.key(), value));
    options.maxLength().ifPresent(value -> map.put(MAX_LENGTH.key(), value));
    options.template().ifPresent(value -> map.putAll(TemplateOptions.toMap(value)));
    map.putAll(ExecutionOptions.toMap(options.execution()));
    return map;
  }
}
