// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.options;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.solr.common.SolrException;
import org.apache.solr.common.util.StrUtils;

/**
 * What may be given for an {@link Option}. What is said in messages and in the reference comes from
 * what is read.
 *
 * @param <T> what is made of it
 * @param words what is allowed, for messages
 * @param markdown the same, for the reference
 * @param read reads one; empty if that is not allowed
 * @param shown writes a default as Markdown
 */
public record Values<T>(
    String words, String markdown, Function<Object, Optional<T>> read, Function<T, String> shown) {

  /** Solr's own words for it count, too. */
  public static final Values<Boolean> FLAG =
      new Values<>("true or false", "`true`, `false`", Values::flag, value -> code("" + value));

  /** Any finite number. */
  public static final Values<Float> NUMBER =
      new Values<>("a number, such as 1.5 or -3", "number", Values::number, String::valueOf);

  /**
   * Any text.
   *
   * @param markdown what it should be
   * @return values that are not looked at here
   */
  public static Values<String> text(String markdown) {
    return new Values<>(markdown, markdown, value -> Optional.of(value.toString()), v -> v);
  }

  /**
   * Whole numbers.
   *
   * @param min the least
   * @param max the most; {@link Integer#MAX_VALUE} is not worth a word
   * @return those from one to the other
   */
  public static Values<Integer> wholeNumber(int min, int max) {
    String markdown =
        max < Integer.MAX_VALUE
            ? "integer from " + min + " to " + max
            : "integer, " + min + " or greater";
    return new Values<>(
        "an " + markdown,
        markdown,
        value -> wholeNumber(value, min, max),
        number -> number.toString());
  }

  /**
   * A few words.
   *
   * @param <T> what they stand for
   * @param values all there are
   * @param word how each is spelled
   * @return exactly these
   */
  public static <T> Values<T> oneOf(List<T> values, Function<T, String> word) {
    List<String> words = values.stream().map(word).toList();
    int last = words.size() - 1;
    return new Values<>(
        String.join(", ", words.subList(0, last)) + " or " + words.get(last),
        words.stream().map(Values::code).collect(Collectors.joining(", ")),
        value -> values.stream().filter(v -> word.apply(v).equals(value.toString())).findFirst(),
        value -> code(word.apply(value)));
  }

  /**
   * The same, said in other words in the reference.
   *
   * @param other what is allowed, in Markdown
   * @return values that are read as these
   */
  public Values<T> documented(String other) {
    return new Values<>(words, other, read, shown);
  }

  private static String code(String word) {
    return "`" + word + "`";
  }

  private static Optional<Boolean> flag(Object value) {
    try {
      return Optional.of(StrUtils.parseBool(value.toString()));
    } catch (SolrException e) {
      return Optional.empty();
    }
  }

  private static Optional<Integer> wholeNumber(Object value, int min, int max) {
    try {
      return Optional.of(Integer.valueOf(value.toString().trim()))
          .filter(n -> n >= min && n <= max);
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static Optional<Float> number(Object value) {
    try {
      return Optional.of(Float.valueOf(value.toString().trim())).filter(Float::isFinite);
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
