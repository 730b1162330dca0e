// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.engine.tokens;

import io.crossencoder.engine.tokens.NativeTokenizer.Tokens;
import io.crossencoder.engine.tokens.Truncation.Cut;
import io.crossencoder.model.PairTemplate;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Tokenizes pairs with a template: tokenizes the whole text and truncates query and passage as
 * without a template. The template is never truncated. Thread-safe.
 */
record TemplateTokenizer(NativeTokenizer tokenizer, PairTemplate template, Truncation truncation) {

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
      int[] starts = tokens.places(all, text, false).starts();
      return IntStream.range(0, all.length)
          .filter(i -> starts[i] >= start && starts[i] < end)
          .map(i -> all[i])
          .toArray();
    }
  }

  /** Number of tokens of the template alone. */
  int length() {
    return tokens(fill("", "")).ids().length;
  }

  Encoding encode(String query, String passage) {
    return read(query, passage, truncation).cut().encoding();
  }

  private record Read(Filled filled, Cut cut) {}

  /** The first part of a passage that fits together with a query. */
  TokenSpans spans(String query, String passage) {
    Read read = read(query, passage, new Truncation(truncation.maxLength(), false));
    Region region = read.filled().passage();
    Cut cut = read.cut();
    TokenSpans spans = cut.tokens().places(cut.passage(), region.text(), cut.truncated());
    int[] starts = Arrays.stream(spans.starts()).map(at -> at - region.start()).toArray();
    int[] ends =
        Arrays.stream(spans.ends())
            .map(at -> Math.min(at, region.end()) - region.start())
            .toArray();
    return new TokenSpans(starts, ends, cut.truncated());
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
  private Read read(String query, String passage, Truncation side) {
    for (long length = PairTokenizer.firstHead(side); ; length *= 4) {
      String head = TextHead.of(passage, length);
      Filled filled = fill(query, head);
      Tokens tokens = tokens(filled);
      int[] first = filled.query().of(tokens);
      int[] second = filled.passage().of(tokens);
      if (head.length() == passage.length() || side.isEnough(first.length, second.length)) {
        return new Read(filled, side.cut(tokens, first, second));
      }
    }
  }
}
