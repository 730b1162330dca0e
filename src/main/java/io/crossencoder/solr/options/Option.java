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
 * Something that a request, solrconfig or the start of a node may say: the one place that knows its
 * name, what is allowed, its default, and its line in a table of {@code docs/}.
 *
 * @param <T> what is read
 * @param key as it is spelled
 * @param values what may be given
 * @param fallback what holds where nobody says anything; none: nothing, or what is found out then
 * @param standard the same, in Markdown
 * @param meaning what it does, in Markdown
 */
public record Option<T>(
    String key, Values<T> values, Optional<T> fallback, String standard, String meaning) {

  /**
   * With a default.
   *
   * @param key as above
   * @param values as above
   * @param fallback as above
   * @param meaning as above
   */
  public Option(String key, Values<T> values, T fallback, String meaning) {
    this(key, values, Optional.of(fallback), values.shown().apply(fallback), meaning);
  }

  /**
   * Without a default of its own.
   *
   * @param <T> as above
   * @param key as above
   * @param values as above
   * @param standard as above
   * @param meaning as above
   * @return the option
   */
  public static <T> Option<T> open(String key, Values<T> values, String standard, String meaning) {
    return new Option<>(key, values, Optional.empty(), standard, meaning);
  }

  /**
   * The names of these, for checks and messages.
   *
   * @param options any
   * @return their keys, sorted
   */
  public static SortedSet<String> keys(Collection<? extends Option<?>> options) {
    return Collections.unmodifiableSortedSet(
        options.stream().map(Option::key).collect(Collectors.toCollection(TreeSet::new)));
  }

  /**
   * Where solrconfig allows less than the option does.
   *
   * @param narrower what may be given
   * @return the same option with these values
   */
  public Option<T> within(Values<T> narrower) {
    return new Option<>(key, narrower, fallback, standard, meaning);
  }

  /**
   * What a request says.
   *
   * @param params its parameters, or those in solrconfig
   * @return none if it says nothing
   * @throws SolrException 400, with its name and what is allowed
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
   * What a request says, or the default.
   *
   * @param params its parameters, or those in solrconfig
   * @return what holds
   * @throws SolrException 400, with its name and what is allowed
   */
  public T of(SolrParams params) {
    return in(params).orElseGet(fallback::orElseThrow);
  }

  /**
   * What an administrator says.
   *
   * @param owner what the options are of, as {@code models.}
   * @param options some, by their keys
   * @return none if nothing is said
   * @throws IllegalArgumentException with its name and what is allowed
   */
  public Optional<T> in(String owner, Map<String, ?> options) {
    return Optional.ofNullable(options.get(key)).map(value -> parse(owner + key, value));
  }

  /**
   * Reads a value.
   *
   * @param name what to call it
   * @param value null is not allowed
   * @return what is made of it
   * @throws IllegalArgumentException with the name and what is allowed
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
