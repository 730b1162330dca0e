// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.options;

import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.solr.common.SolrException;
import org.apache.solr.common.params.SolrParams;

/**
 * An option of a request, of {@code solrconfig.xml} or of a node: name, valid values, default, and
 * description for a table in {@code docs/}.
 *
 * @param <T> type of the value
 * @param key name of the option
 * @param values valid values
 * @param fallback default; none: no value, or a default that is computed later
 * @param standard the default in Markdown
 * @param meaning description in Markdown
 */
public record Option<T>(
    String key, Values<T> values, Optional<T> fallback, String standard, String meaning) {

  /**
   * An option with a default.
   *
   * @param key name of the option
   * @param values valid values
   * @param fallback default
   * @param meaning description in Markdown
   */
  public Option(String key, Values<T> values, T fallback, String meaning) {
    this(key, values, Optional.of(fallback), values.shown().apply(fallback), meaning);
  }

  /**
   * An option without a fixed default.
   *
   * @param <T> type of the value
   * @param key name of the option
   * @param values valid values
   * @param standard description of the default in Markdown
   * @param meaning description in Markdown
   * @return the option
   */
  public static <T> Option<T> open(String key, Values<T> values, String standard, String meaning) {
    return new Option<>(key, values, Optional.empty(), standard, meaning);
  }

  /**
   * The names of options, for checks and messages.
   *
   * @param options any options
   * @return their keys, sorted
   */
  public static SortedSet<String> keys(Collection<? extends Option<?>> options) {
    return Collections.unmodifiableSortedSet(
        options.stream().map(Option::key).collect(Collectors.toCollection(TreeSet::new)));
  }

  /**
   * A copy with other valid values, for limits in {@code solrconfig.xml}.
   *
   * @param narrower valid values
   * @return the copy
   */
  public Option<T> within(Values<T> narrower) {
    return new Option<>(key, narrower, fallback, standard, meaning);
  }

  /**
   * The value in a request.
   *
   * @param params parameters of the request or of {@code solrconfig.xml}
   * @return empty if the option is not set
   * @throws SolrException 400 with the name and the valid values
   */
  public Optional<T> in(SolrParams params) {
    return Optional.ofNullable(params.get(key))
        .map(
            value ->
                values
                    .read()
                    .apply(value)
                    .orElseThrow(
                        () -> ParameterValues.bad(key, value, "must be " + values.words())));
  }

  /**
   * The value in a request, or the default.
   *
   * @param params parameters of the request or of {@code solrconfig.xml}
   * @return the value
   * @throws SolrException 400 with the name and the valid values
   */
  public T of(SolrParams params) {
    return in(params).orElseGet(fallback::orElseThrow);
  }

  /**
   * The value in a configuration.
   *
   * @param owner prefix of the name in messages, such as {@code models.}
   * @param options values by key
   * @return empty if the option is not set
   * @throws IllegalArgumentException with the name and the valid values
   */
  public Optional<T> in(String owner, Map<String, ?> options) {
    return Optional.ofNullable(options.get(key)).map(value -> parse(owner + key, value));
  }

  /**
   * Parses a value.
   *
   * @param name name for messages
   * @param value not null
   * @return the parsed value
   * @throws IllegalArgumentException with the name and the valid values
   */
  public T parse(String name, Object value) {
    return Optional.ofNullable(value)
        .flatMap(values.read())
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    name
                        + " must be "
                        + values.words()
                        + ", not '"
                        + ParameterValues.shown(value)
                        + "'"));
  }
}
