// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.engine.tokens;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.tokenizers.jni.CharSpan;
import io.crossencoder.engine.natives.NativeFailure;
import io.crossencoder.engine.natives.NativeGuard;
import io.crossencoder.model.ModelLoadException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Makes token ids of a pair, as {@code transformers} does, with three differences: it is always the
 * passage that is cut, never the query; truncation and padding that a tokenizer.json has baked in
 * change nothing; and a passage of a megabyte costs no more than the part that is read.
 *
 * <p>Thread-safe. The only user of DJL.
 */
public final class PairTokenizer implements AutoCloseable {

  /** How many characters of a passage are looked at first, for each token that may be read. */
  private static final int CHARACTERS_PER_TOKEN = 8;

  private final HuggingFaceTokenizer tokenizer;
  private final int maxLength;
  private final long highestId;
  private final NativeGuard guard = new NativeGuard("tokenizer");

  /** The version of the tokenizers, if their jar says one. */
  public static Optional<String> libraryVersion() {
    return Optional.ofNullable(HuggingFaceTokenizer.class.getPackage().getSpecificationVersion());
  }

  private PairTokenizer(HuggingFaceTokenizer tokenizer, int maxLength, long highestId) {
    this.tokenizer = tokenizer;
    this.maxLength = maxLength;
    this.highestId = highestId;
  }

  /**
   * Reads a tokenizer.json.
   *
   * @throws ModelLoadException if it cannot be read, or if the native library cannot be loaded
   */
  public static PairTokenizer load(Path file, int maxLength) {
    // DJL reports every start to a server and downloads another native library where it sees a
    // GPU, unless told not to.
    System.setProperty("OPT_OUT_TRACKING", "true");
    System.setProperty("ai.djl.offline", "true");
    Map<String, String> options =
        Map.of(
            "truncation",
            "only_second",
            "maxLength",
            Integer.toString(maxLength),
            // Its default, 512, would be the limit of every model.
            "modelMaxLength",
            Integer.toString(maxLength),
            "padding",
            "false");
    TokenizerJson json = TokenizerJson.read(file);
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    // DJL looks for its native library with the context class loader, which in Solr is not the one
    // that has the jars of the plugin.
    thread.setContextClassLoader(PairTokenizer.class.getClassLoader());
    try {
      InputStream in = new ByteArrayInputStream(json.forEncoding());
      HuggingFaceTokenizer tokenizer = HuggingFaceTokenizer.newInstance(in, options);
      return new PairTokenizer(tokenizer, maxLength, json.highestId());
    } catch (IOException | RuntimeException | LinkageError e) {
      NativeFailure.of("the tokenizers", e)
          .ifPresent(
              installation -> {
                throw installation;
              });
      throw new ModelLoadException(file, "no tokenizer could be made of it: " + e.getMessage(), e);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  /**
   * The query, cut where it alone would take more than half of what the model reads, so that there
   * is room for a passage.
   */
  public String fitQuery(String query) {
    int limit = maxLength / 2;
    // No tokenizer makes more tokens of a character: normalising may make 18 of one, of two bytes
    // each, and a byte may be a token.
    if (query.length() * 36L <= limit) {
      return query;
    }
    String head = query.substring(0, Math.min(query.length(), limit * CHARACTERS_PER_TOKEN));
    // As a second text, for it is always the second that the tokenizer cuts: a first one that is
    // too long would be an error.
    TokenSpans spans = spans("", head);
    return spans.count() <= limit ? head : head.substring(0, spans.startOfTail(limit));
  }

  /** The highest id that a token can have. */
  public long highestId() {
    return highestId;
  }

  /**
   * The pair as the model reads it.
   *
   * @param query a result of {@link #fitQuery}
   */
  public Encoding encode(String query, String passage) {
    var encoding = encodeHead(query, passage);
    return new Encoding(encoding.getIds(), encoding.getTypeIds(), encoding.exceedMaxLength());
  }

  /**
   * Which part of a passage the model reads.
   *
   * @param query a result of {@link #fitQuery}
   */
  public TokenSpans spans(String query, String passage) {
    var encoding = encodeHead(query, passage);
    CharSpan[] spans = encoding.getCharTokenSpans();
    long[] sequences = encoding.getSequenceIds();
    int[] tokens =
        IntStream.range(0, spans.length)
            .filter(i -> spans[i] != null && sequences[i] == 1)
            .toArray();
    int[] starts = new int[tokens.length];
    int[] ends = new int[tokens.length];
    int place = 0;
    int codePoints = 0;
    for (int i = 0; i < tokens.length; i++) {
      CharSpan span = spans[tokens[i]];
      // The tokenizer counts in code points, and from one token to the next it is not far.
      starts[i] = passage.offsetByCodePoints(place, span.getStart() - codePoints);
      ends[i] = passage.offsetByCodePoints(starts[i], span.getEnd() - span.getStart());
      place = starts[i];
      codePoints = span.getStart();
    }
    return new TokenSpans(starts, ends, encoding.exceedMaxLength());
  }

  private ai.djl.huggingface.tokenizers.Encoding encodeHead(String query, String passage) {
    for (long length = (long) maxLength * CHARACTERS_PER_TOKEN; ; length *= 4) {
      String head = head(passage, length);
      var encoding =
          guard.use(() -> tokenizer.encode(wellFormed(query), wellFormed(head), true, false));
      // A head that was cut has all the tokens that are read, and one that was not is the passage.
      if (encoding.exceedMaxLength() || head.length() == passage.length()) {
        return encoding;
      }
    }
  }

  /**
   * The text with a replacement character for each half of a surrogate pair that is alone: for one
   * of these the native side would give up every pair in the text, and count its places otherwise.
   */
  private static String wellFormed(String text) {
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
  private static String head(String text, long length) {
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

  @Override
  public void close() {
    guard.close(
        () -> {
          tokenizer.close();
          return null;
        });
  }
}
