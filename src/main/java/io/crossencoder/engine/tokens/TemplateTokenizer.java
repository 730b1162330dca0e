// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.engine.tokens;

import io.crossencoder.engine.tokens.NativeTokenizer.Tokens;
import io.crossencoder.model.PairTemplate;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Tokenizes pairs with a template: tokenizes the whole text and removes the last tokens of query
 * and passage if there are too many. The longer text is truncated first, as without a template; the
 * template is never truncated. Thread-safe.
 *
 * @param tokenizer tokenizer without truncation
 */
record TemplateTokenizer(NativeTokenizer tokenizer, PairTemplate template, int maxLength) {

  /** A pair in its template, and the regions of query and passage, in one text or in two. */
  private record Filled(String first, String second, Region query, Region passage) {}

  /**
   * A region of a text.
   *
   * @param number 0 for the first text, 1 for the second
   */
  private record Region(int number, String text, int start, int end) {

    /** The tokens that begin in this region. */
    int[] of(Tokens tokens) {
      int[] all = tokens.of(number);
      int[] starts = tokens.places(all, text).starts();
      return IntStream.range(0, all.length)
          .filter(i -> starts[i] >= start && starts[i] < end)
          .map(i -> all[i])
          .toArray();
    }
  }

  /**
   * A truncated pair.
   *
   * @param kept indices of the remaining tokens
   * @param spans remaining tokens of the passage, and whether anything was removed
   */
  private record Cut(Tokens tokens, int[] kept, TokenSpans spans) {}

  /** Number of tokens of the template alone. */
  int length() {
    return tokens(fill("", "")).ids().length;
  }

  Encoding encode(String query, String passage) {
    Cut cut = cut(query, passage);
    return new Encoding(
        pick(cut.tokens().ids(), cut.kept()),
        pick(cut.tokens().typeIds(), cut.kept()),
        cut.spans().truncated());
  }

  private static long[] pick(long[] values, int[] places) {
    return Arrays.stream(places).mapToLong(place -> values[place]).toArray();
  }

  /** The part of a passage that fits together with a query. */
  TokenSpans spans(String query, String passage) {
    return cut(query, passage).spans();
  }

  private Filled fill(String query, String passage) {
    String first = template.prefix() + query;
    int begin = template.prefix().length();
    if (template.between().isEmpty()) {
      String second = passage + template.suffix();
      return new Filled(
          first,
          second,
          new Region(0, first, begin, first.length()),
          new Region(1, second, 0, passage.length()));
    }
    String before = first + template.between().get();
    String text = before + passage + template.suffix();
    return new Filled(
        text,
        null,
        new Region(0, text, begin, first.length()),
        new Region(0, text, before.length(), before.length() + passage.length()));
  }

  private Tokens tokens(Filled filled) {
    return filled.second() == null
        ? tokenizer.encode(filled.first())
        : tokenizer.encode(filled.first(), filled.second());
  }

  /** Tokenizes only as much of the passage as needed. */
  private Cut cut(String query, String passage) {
    for (long length = (long) maxLength * PairTokenizer.CHARACTERS_PER_TOKEN; ; length *= 4) {
      String head = TextHead.of(passage, length);
      boolean whole = head.length() == passage.length();
      Filled filled = fill(query, head);
      Tokens tokens = tokens(filled);
      int[] ofQuery = filled.query().of(tokens);
      int[] ofPassage = filled.passage().of(tokens);
      int ofTemplate = tokens.ids().length - ofQuery.length - ofPassage.length;
      int room = Math.max(0, maxLength - ofTemplate);
      // A head with more tokens than the room and the query is truncated like the whole passage.
      if (whole || ofPassage.length > Math.max(room, ofQuery.length)) {
        return cut(tokens, ofQuery, ofPassage, room, filled.passage());
      }
    }
  }

  private static Cut cut(Tokens tokens, int[] query, int[] passage, int room, Region region) {
    int ofQuery = query.length;
    int ofPassage = passage.length;
    boolean fits = ofQuery + ofPassage <= room;
    if (!fits && ofQuery <= ofPassage) {
      ofQuery = Math.min(ofQuery, room / 2);
      ofPassage = room - ofQuery;
    } else if (!fits) {
      ofPassage = Math.min(ofPassage, room / 2);
      ofQuery = room - ofPassage;
    }
    boolean[] dropped = new boolean[tokens.ids().length];
    Arrays.stream(query).skip(ofQuery).forEach(place -> dropped[place] = true);
    Arrays.stream(passage).skip(ofPassage).forEach(place -> dropped[place] = true);
    TokenSpans read = tokens.places(Arrays.copyOf(passage, ofPassage), region.text());
    int[] starts = Arrays.stream(read.starts()).map(at -> at - region.start()).toArray();
    int[] ends =
        Arrays.stream(read.ends()).map(at -> Math.min(at, region.end()) - region.start()).toArray();
    return new Cut(
        tokens,
        IntStream.range(0, dropped.length).filter(place -> !dropped[place]).toArray(),
        new TokenSpans(starts, ends, !fits));
  }
}
