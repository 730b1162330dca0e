// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.engine.tokens;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.tokenizers.jni.CharSpan;
import io.crossencoder.engine.natives.NativeFailure;
import io.crossencoder.engine.natives.NativeGuard;
import io.crossencoder.model.ModelLoadException;
import io.crossencoder.model.Passage;
import io.crossencoder.model.Windows;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Makes token ids of a pair, as {@code transformers} does: of a pair that is too long, the longer
 * text is cut first. Truncation and padding that a tokenizer.json has baked in change nothing, and
 * a text of a megabyte costs no more than the part that decides.
 *
 * <p>Thread-safe. The only user of DJL.
 */
public final class PairTokenizer implements AutoCloseable {

  /** How many characters of a passage are looked at first, for each token that may be read. */
  private static final int CHARACTERS_PER_TOKEN = 8;

  /** A pair has three special tokens, or four. */
  private static final int MAX_SPECIAL_TOKENS = 4;

  /** More than any model reads; the rest of a query changes nothing. */
  private static final int MAX_QUERY_LENGTH = 100_000;

  private final HuggingFaceTokenizer tokenizer;
  private final int maxLength;
  private final long highestId;
  private final NativeGuard guard = new NativeGuard("tokenizer");

  /** {@return the version of the tokenizers, if their jar says one} */
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
   * @param file to read
   * @param maxLength tokens of a pair, special ones included
   * @return to be closed
   * @throws ModelLoadException if it cannot be read, or if the native library cannot be loaded
   */
  public static PairTokenizer load(Path file, int maxLength) {
    // DJL reports every start to a server and downloads another native library where it sees a
    // GPU, unless told not to.
    System.setProperty("OPT_OUT_TRACKING", "true");
    System.setProperty("ai.djl.offline", "true");
    String limit = Integer.toString(maxLength);
    Map<String, String> options = new HashMap<>(Map.of("maxLength", limit, "padding", "false"));
    options.put("truncation", "longest_first");
    // Its default, 512, would be the limit of every model.
    options.put("modelMaxLength", limit);
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
   * A query, and how many tokens it has.
   *
   * @param text the query
   * @param tokens its tokens, special ones not counted; 0 for one that is surely short
   */
  public record FittedQuery(String text, int tokens) {}

  /**
   * Looks at a query once, for all passages that are to be encoded with it.
   *
   * @param query of any length
   * @return the query, or a beginning of it that has more tokens than the model reads
   */
  public FittedQuery fit(String query) {
    String text = query.length() <= MAX_QUERY_LENGTH ? query : TextHead.of(query, MAX_QUERY_LENGTH);
    return new FittedQuery(text, isSurelyShort(text) ? 0 : tokens(text));
  }

  /**
   * The query, cut where it alone would take more than half of what the model reads, so that there
   * is room for a window of a passage.
   *
   * @param query of any length
   * @return the query, or its beginning
   */
  public String fitQuery(String query) {
    if (isSurelyShort(query)) {
      return query;
    }
    int limit = maxLength / 2;
    String head = query.substring(0, Math.min(query.length(), limit * CHARACTERS_PER_TOKEN));
    TokenSpans spans = spans("", head);
    return spans.count() <= limit ? head : head.substring(0, spans.startOfTail(limit));
  }

  /**
   * No tokenizer makes more tokens of a character: normalizing may make 18 of one, of two bytes
   * each, and a byte may be a token.
   */
  private boolean isSurelyShort(String query) {
    return query.length() * 36L <= maxLength / 2;
  }

  /** Its tokens without special ones, however many the model reads. */
  private int tokens(String text) {
    var encoding = guard.use(() -> tokenizer.encode(TextHead.wellFormed(text), false, true));
    int tokens = encoding.getIds().length;
    for (var rest : encoding.getOverflowing()) {
      tokens += rest.getIds().length;
    }
    return tokens;
  }

  /** {@return the highest id that a token can have} */
  public long highestId() {
    return highestId;
  }

  /**
   * The pair as the model reads it.
   *
   * @param query what {@link #fit} made of it
   * @param passage of any length
   * @return its tokens, as many as the model reads
   */
  public Encoding encode(FittedQuery query, String passage) {
    var encoding = encodeHead(query, passage);
    return new Encoding(encoding.getIds(), encoding.getTypeIds(), encoding.exceedMaxLength());
  }

  /**
   * The same for a query that is asked once.
   *
   * @param query of any length
   * @param passage of any length
   * @return its tokens, as many as the model reads
   */
  public Encoding encode(String query, String passage) {
    return encode(fit(query), passage);
  }

  /**
   * Cuts a passage into windows that the model can read beside a query.
   *
   * @param query the user's, as it is
   * @param passage of any length
   * @param max how many windows, at most; 1 or more
   * @return the windows, and whether they leave something out
   */
  public Windows windows(String query, Passage passage, int max) {
    String fitted = fitQuery(query);
    return new WindowCutter(text -> spans(fitted, text)).cut(passage, max);
  }

  /** Which part of a passage the model reads beside a result of {@link #fitQuery}. */
  TokenSpans spans(String query, String passage) {
    var encoding = encodeHead(fit(query), passage);
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

  private ai.djl.huggingface.tokenizers.Encoding encodeHead(FittedQuery query, String passage) {
    for (long length = (long) maxLength * CHARACTERS_PER_TOKEN; ; length *= 4) {
      String head = TextHead.of(passage, length);
      if (head.length() == passage.length() || decides(query, head)) {
        var encoding =
            guard.use(
                () ->
                    tokenizer.encode(
                        TextHead.wellFormed(query.text()), TextHead.wellFormed(head), true, false));
        // A head that was cut has all the tokens that are read, and one that was not is the
        // passage.
        if (encoding.exceedMaxLength() || head.length() == passage.length()) {
          return encoding;
        }
      }
    }
  }

  /**
   * Whether the beginning of a passage is cut as the whole would be. Beside a query of more than
   * half of the room, which of the two is cut and where depends on which is longer.
   */
  private boolean decides(FittedQuery query, String head) {
    return query.tokens() < (maxLength - MAX_SPECIAL_TOKENS) / 2 || tokens(head) > query.tokens();
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
