// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.options;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.solr.common.SolrException;
import org.apache.solr.common.util.StrUtils;

/**
 * The valid values of an {@link Option}. Parsing, messages and reference documentation use the same
 * definition.
 *
 * @param <T> type of the parsed value
 * @param words the valid values, for messages
 * @param markdown the valid values, for the reference
 * @param read parses a value; empty if it is invalid
 * @param shown formats a default as Markdown
 */
public record Values<T>(
    String words, String markdown, Function<Object, Optional<T>> read, Function<T, String> shown) {

  /** A boolean; the other spellings of Solr are valid, too. */
  public static final Values<Boolean> FLAG =
      new Values<>("true or false", "`true`, `false`", Values::flag, value -> code("" + value));

  /** A finite number. */
  public static final Values<Float> NUMBER =
      new Values<>("a number, such as 1.5 or -3", "number", Values::number, String::valueOf);

  /**
   * Any text.
   *
   * @param markdown description for the reference
   * @return values without a check
   */
  public static Values<String> text(String markdown) {
    return new Values<>(markdown, markdown, value -> Optional.of(value.toString()), v -> v);
  }

  /**
   * Integers in a range.
   *
   * @param min minimum
   * @param max maximum; {@link Integer#MAX_VALUE}: no maximum in messages
   * @return the integers
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
   * An enumeration.
   *
   * @param <T> type of the values
   * @param values all valid values
   * @param word spelling of a value
   * @return exactly these values
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
   * A copy with another description in the reference.
   *
   * @param other description in Markdown
   * @return the copy
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
