// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.engine.tokens;

import io.crossencoder.model.Passage;
import io.crossencoder.model.Windows;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Splits a passage into windows that overlap by a quarter, so that a sentence at a boundary is
 * complete in one of them. The tokens of each window are requested one window at a time, so that
 * only the needed part of the passage is tokenized.
 *
 * <p>Boundaries are between words if possible. A word as long as a quarter of a window, or text
 * without spaces, is split between tokens.
 *
 * @param read returns the part of a passage that fits together with the query
 */
record WindowCutter(Function<String, TokenSpans> read) {

  /**
   * Splits a passage.
   *
   * @param max maximum number of windows
   */
  Windows cut(Passage passage, int max) {
    String whole = passage.whole();
    TokenSpans head = read.apply(whole);
    if (!head.truncated()) {
      return new Windows(List.of(whole), false);
    }
    if (passage.text().isEmpty()) {
      return cut("", passage.title(), max, false);
    }
    // A title takes at most half of the window, so that there is room for text.
    int room = head.endOf(head.count() / 2);
    boolean fits = passage.title().length() <= room;
    String title = fits ? passage.title() : passage.title().substring(0, room);
    return cut(new Passage(title, passage.text()).prefix(), passage.text(), max, !fits);
  }

  private Windows cut(String prefix, String text, int max, boolean titleTruncated) {
    List<String> windows = new ArrayList<>(max);
    int from = 0;
    while (windows.size() < max) {
      String rest = text.substring(from);
      TokenSpans spans = read.apply(prefix + rest);
      if (!spans.truncated()) {
        windows.add(prefix + rest);
        return new Windows(List.copyOf(windows), titleTruncated);
      }
      int first = spans.countBefore(prefix.length());
      int tokens = spans.count() - first;
      if (tokens == 0) {
        break;
      }
      int overlap = tokens - tokens / 4;
      int seam = spans.endOf(first + overlap) - prefix.length();
      int end = wordEnd(rest, spans.endOf(spans.count()) - prefix.length(), seam);
      windows.add(prefix + rest.substring(0, end));
      int half = Math.max(0, spans.endOf(first + tokens / 2) - prefix.length());
      from += wordStart(rest, seam, half);
    }
    return new Windows(List.copyOf(windows), true);
  }

  /** Last end of a word up to this position; if there is none, the position. */
  private static int wordEnd(String text, int place, int least) {
    for (int end = place; end > least; end--) {
      if (end == text.length() || Character.isWhitespace(text.charAt(end))) {
        return end;
      }
    }
    return place;
  }

  /** Last start of a word up to this position; if there is none, the position. */
  private static int wordStart(String text, int place, int least) {
    for (int start = place; start > least; start--) {
      if (Character.isWhitespace(text.charAt(start - 1))) {
        return start;
      }
    }
    return place;
  }
}
