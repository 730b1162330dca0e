// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.engine.tokens;

/** Makes of any text one that the native tokenizer can read, and no more of it than is needed. */
final class TextHead {

  private TextHead() {}

  /**
   * The text with a replacement character for each half of a surrogate pair that is alone: for one
   * of these the native side would give up every pair in the text, and count its places otherwise.
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
   * The text up to a space: tokens do not reach over one, so the head has the same tokens. A word
   * that is half of the head is cut, for before it there may be too little to fill the model.
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
