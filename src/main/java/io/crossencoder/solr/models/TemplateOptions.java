// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.models;

import io.crossencoder.model.PairTemplate;
import io.crossencoder.solr.options.Option;
import io.crossencoder.solr.options.Values;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The options of a model for the text around query and passage. */
final class TemplateOptions {

  private static final int MAX_LENGTH = 10_000;

  private static final Values<String> TEXT =
      new Values<>(
          "text of at most " + MAX_LENGTH + " characters",
          "text",
          value ->
              Optional.of(value)
                  .filter(String.class::isInstance)
                  .map(String.class::cast)
                  .filter(text -> text.length() <= MAX_LENGTH),
          text -> text);

  private static final Option<String> PREFIX =
      Option.open(
          "prefix",
          TEXT,
          "that of the model",
          "Text before the query: [prompt templates](custom-models.md#prompt-templates).");

  private static final Option<String> BETWEEN =
      Option.open(
          "between",
          TEXT,
          "that of the model",
          "Text between query and passage. If it is set, the tokenizer receives one text.");

  private static final Option<String> SUFFIX =
      Option.open("suffix", TEXT, "that of the model", "Text after the passage.");

  /** All options in the order of the reference. */
  static final List<Option<?>> OPTIONS = List.of(PREFIX, BETWEEN, SUFFIX);

  private TemplateOptions() {}

  /**
   * Parses and checks the options; if one of them is set, the others are empty by default.
   *
   * @throws IllegalArgumentException with the option and the valid values
   */
  static Optional<PairTemplate> parse(String owner, Map<String, ?> options) {
    Optional<String> prefix = PREFIX.in(owner, options);
    Optional<String> between = BETWEEN.in(owner, options);
    Optional<String> suffix = SUFFIX.in(owner, options);
    return prefix.or(() -> between).or(() -> suffix).isEmpty()
        ? Optional.empty()
        : Optional.of(new PairTemplate(prefix.orElse(""), between, suffix.orElse("")));
  }

  /** The options as input of {@link #parse}. */
  static Map<String, Object> toMap(PairTemplate template) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put(PREFIX.key(), template.prefix());
    template.between().ifPresent(text -> map.put(BETWEEN.key(), text));
    map.put(SUFFIX.key(), template.suffix());
    return map;
  }
}
