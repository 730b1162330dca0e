// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.engine.tokens;

/** Prepares text for the native tokenizer: valid Unicode, and only as much as needed. */
final class TextHead {

  private TextHead() {}

  /**
   * Replaces each unpaired surrogate. For an unpaired surrogate, the native side would replace all
   * surrogate pairs of the text and return wrong offsets.
   */
  static String wellFormed(String text) {
    StringBuilder repaired = null;
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i)) && isAlone(text, i)) {
        repaired = repaired == null ? new StringBuilder(text) : repaired;
        repaired.setCharAt(i, '\uFFFD');
      }
    }
    return repaired == null ? text : repaired.toString();
  }

  private static boolean isAlone(String text, int place) {
    return Character.isHighSurrogate(text.charAt(place))
        ? place + 1 == text.length() || !Character.isLowSurrogate(text.charAt(place + 1))
        : place == 0 || !Character.isHighSurrogate(text.charAt(place - 1));
  }

  /**
   * The text up to a space, so that the tokens of the head do not change. A word longer than half
   * of the head is split, because the text before it could be too short to fill the model.
   */
  static String of(String text, long length) {
    if (text.length() <= length) {
      return text;
    }
    int end = (int) length;
    while (end > length / 2 && !Character.isWhitespace(text.charAt(end))) {
      end--;
    }
    if (end == length / 2) {
      end = text.offsetByCodePoints(0, text.codePointCount(0, (int) length) - 1);
    }
    return text.substring(0, end);
  }
}
