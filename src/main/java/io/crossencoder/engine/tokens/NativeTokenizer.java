// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.engine.tokens;

import ai.djl.huggingface.tokenizers.Encoding;
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
 * The native Hugging Face tokenizer, without truncation. Thread-safe. The only class that uses DJL.
 */
final class NativeTokenizer implements AutoCloseable {

  private final HuggingFaceTokenizer tokenizer;
  private final NativeGuard guard = new NativeGuard("tokenizer");

  private NativeTokenizer(HuggingFaceTokenizer tokenizer) {
    this.tokenizer = tokenizer;
  }

  /** The version of the library, if its JAR contains one. */
  static Optional<String> libraryVersion() {
    return Optional.ofNullable(HuggingFaceTokenizer.class.getPackage().getSpecificationVersion());
  }

  /**
   * Creates a tokenizer.
   *
   * @param file path of tokenizer.json, for messages
   * @throws ModelLoadException if the file is not a tokenizer or the native library cannot be
   *     loaded
   */
  static NativeTokenizer load(Path file, TokenizerJson json) {
    // By default, DJL reports every start to a server and downloads another native library if there
    // is a GPU.
    System.setProperty("OPT_OUT_TRACKING", "true");
    System.setProperty("ai.djl.offline", "true");
    Map<String, String> options = Map.of("truncation", "do_not_truncate", "padding", "false");
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    // DJL finds its native library with the context class loader. In Solr, that class loader does
    // not have the JARs of the plugin.
    thread.setContextClassLoader(NativeTokenizer.class.getClassLoader());
    try {
      InputStream in = new ByteArrayInputStream(json.forEncoding());
      return new NativeTokenizer(HuggingFaceTokenizer.newInstance(in, options));
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

  /** The tokens of a text, including special tokens. */
  Tokens encode(String text) {
    return new Tokens(guard.use(() -> tokenizer.encode(TextHead.wellFormed(text), true, false)));
  }

  /** The tokens of a pair, including special tokens. */
  Tokens encode(String first, String second) {
    return new Tokens(
        guard.use(
            () ->
                tokenizer.encode(
                    TextHead.wellFormed(first), TextHead.wellFormed(second), true, false)));
  }

  /** The tokens of a text or a pair. */
  static final class Tokens {

    private final Encoding encoding;

    private Tokens(Encoding encoding) {
      this.encoding = encoding;
    }

    long[] ids() {
      return encoding.getIds();
    }

    long[] typeIds() {
      return encoding.getTypeIds();
    }

    /**
     * Indices of the tokens of one text in their order, without special tokens.
     *
     * @param text 0 for the first or only text; 1 for the second one
     */
    int[] of(int text) {
      CharSpan[] spans = encoding.getCharTokenSpans();
      long[] sequences = encoding.getSequenceIds();
      return IntStream.range(0, spans.length)
          .filter(i -> spans[i] != null && sequences[i] == text)
          .toArray();
    }

    /**
     * Start and end of tokens in their text, in Java chars.
     *
     * @param tokens indices of some tokens of the text, in their order
     * @param truncated whether these are not all tokens of the text
     */
    TokenSpans places(int[] tokens, String text, boolean truncated) {
      CharSpan[] spans = encoding.getCharTokenSpans();
      int[] starts = new int[tokens.length];
      int[] ends = new int[tokens.length];
      int place = 0;
      int codePoints = 0;
      for (int i = 0; i < tokens.length; i++) {
        CharSpan span = spans[tokens[i]];
        // The tokenizer counts code points; counting on from the previous token is fast.
        starts[i] = text.offsetByCodePoints(place, span.getStart() - codePoints);
        ends[i] = text.offsetByCodePoints(starts[i], span.getEnd() - span.getStart());
        place = starts[i];
        codePoints = span.getStart();
      }
      return new TokenSpans(starts, ends, truncated);
    }
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
