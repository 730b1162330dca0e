// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.engine.tokens;

import io.crossencoder.engine.tokens.NativeTokenizer.Tokens;
import io.crossencoder.engine.tokens.Truncation.Cut;
import io.crossencoder.model.ModelLoadException;
import io.crossencoder.model.PairTemplate;
import io.crossencoder.model.Passage;
import io.crossencoder.model.Windows;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Tokenizes pairs like {@code transformers}: if a pair is too long, the longer text is truncated
 * first. Of the truncation and padding settings in tokenizer.json, only the side of the truncation
 * is used. Of a long passage, only the part that determines the tokens is tokenized, unless its
 * first tokens are removed.
 *
 * <p>Thread-safe.
 */
public final class PairTokenizer implements AutoCloseable {

  /** Characters of a passage that are tokenized first, per token of the limit. */
  static final int CHARACTERS_PER_TOKEN = 8;

  /**
   * Minimum number of characters that are tokenized of a longer text. WordPiece has one token for a
   * word of more than 100 characters, so that the beginning of such a word has other tokens.
   */
  private static final int MIN_HEAD = 4_096;

  /** With fewer tokens besides the template, a pair cannot be scored. */
  private static final int MIN_ROOM = 8;

  /** Longer than any limit; the rest of a query has no effect. */
  private static final int MAX_QUERY_LENGTH = 100_000;

  private final NativeTokenizer tokenizer;
  private final Truncation truncation;
  private final long highestId;
  private final String prompt;

  /** Empty if the template is only a prompt. */
  private final Optional<TemplateTokenizer> template;

  /** {@return the version of the tokenizers library, if its JAR contains one} */
  public static Optional<String> libraryVersion() {
    return NativeTokenizer.libraryVersion();
  }

  private PairTokenizer(
      NativeTokenizer tokenizer, Truncation truncation, long highestId, PairTemplate template) {
    this.tokenizer = tokenizer;
    this.truncation = truncation;
    this.highestId = highestId;
    this.prompt = template.isPrompt() ? template.prefix() : "";
    this.template =
        template.isPrompt()
            ? Optional.empty()
            : Optional.of(new TemplateTokenizer(tokenizer, template, truncation));
  }

  /**
   * Loads a tokenizer.
   *
   * @param file path of tokenizer.json
   * @param maxLength maximum number of tokens per pair, including special tokens
   * @return the tokenizer; to be closed by the caller
   * @throws ModelLoadException if the file cannot be read or the native library cannot be loaded
   */
  public static PairTokenizer load(Path file, int maxLength) {
    return load(file, maxLength, PairTemplate.NONE);
  }

  /**
   * Loads a tokenizer with a template.
   *
   * @param file path of tokenizer.json
   * @param maxLength maximum number of tokens per pair, including special tokens and the template
   * @param template text around query and passage
   * @return the tokenizer; to be closed by the caller
   * @throws ModelLoadException if the file cannot be read, the native library cannot be loaded, or
   *     the template leaves no room
   */
  public static PairTokenizer load(Path file, int maxLength, PairTemplate template) {
    TokenizerJson json = TokenizerJson.read(file);
    NativeTokenizer tokenizer = NativeTokenizer.load(file, json);
    Truncation truncation = json.truncation(maxLength);
    PairTokenizer pairs = new PairTokenizer(tokenizer, truncation, json.highestId(), template);
    int taken = pairs.template.map(TemplateTokenizer::length).orElse(0);
    if (maxLength - taken < MIN_ROOM) {
      pairs.close();
      throw new ModelLoadException(
          file,
          "makes "
              + taken
              + " tokens of the template of a pair, which leaves no room for query and passage in "
              + maxLength);
    }
    return pairs;
  }

  /**
   * A query that was prepared once for all passages.
   *
   * @param text the query or its beginning, with the prompt of the model before it
   */
  public record FittedQuery(String text) {}

  /**
   * Prepares a query for all its passages.
   *
   * @param query of any length
   * @return the query, or a beginning with more tokens than the limit of the model
   */
  public FittedQuery fit(String query) {
    return new FittedQuery(prompt + TextHead.of(query, MAX_QUERY_LENGTH));
  }

  /** Number of characters that are tokenized first. */
  static long firstHead(Truncation truncation) {
    return truncation.left()
        ? Long.MAX_VALUE
        : Math.max(MIN_HEAD, (long) truncation.maxLength() * CHARACTERS_PER_TOKEN);
  }

  /**
   * Truncates a query to at most half of the limit, so that there is room for a passage window.
   *
   * @param query of any length
   * @return the query or its beginning
   */
  public String fitQuery(String query) {
    int limit = truncation.maxLength() / 2;
    // Normalization can turn one character into 18 of two bytes each, and each byte can become a
    // token.
    if (query.length() * 36L <= limit) {
      return query;
    }
    String head = query.substring(0, Math.min(query.length(), limit * CHARACTERS_PER_TOKEN));
    TokenSpans spans = spans("", head);
    return spans.count() <= limit ? head : head.substring(0, spans.startOfTail(limit));
  }

  /** {@return the highest token id} */
  public long highestId() {
    return highestId;
  }

  /**
   * Tokenizes a pair.
   *
   * @param query result of {@link #fit}
   * @param passage of any length
   * @return the tokens, truncated to the limit
   */
  public Encoding encode(FittedQuery query, String passage) {
    if (template.isPresent()) {
      return template.get().encode(query.text(), passage);
    }
    return cut(query, passage, truncation).encoding();
  }

  /**
   * Tokenizes a pair whose query has only one passage.
   *
   * @param query of any length
   * @param passage of any length
   * @return the tokens, truncated to the limit
   */
  public Encoding encode(String query, String passage) {
    return encode(fit(query), passage);
  }

  /**
   * Splits a passage into windows that fit into the model together with a query.
   *
   * @param query text of the user
   * @param passage of any length
   * @param max maximum number of windows; 1 or greater
   * @return the windows, and whether they omit a part of the passage
   */
  public Windows windows(String query, Passage passage, int max) {
    String fitted = fitQuery(query);
    return new WindowCutter(text -> spans(fitted, text)).cut(passage, max);
  }

  /** The part of a passage that fits together with a result of {@link #fitQuery}. */
  TokenSpans spans(String query, String passage) {
    FittedQuery fitted = fit(query);
    if (template.isPresent()) {
      return template.get().spans(fitted.text(), passage);
    }
    // Windows follow one another from the beginning, on whatever side a text is truncated.
    Cut cut = cut(fitted, passage, new Truncation(truncation.maxLength(), false));
    return cut.tokens().places(cut.passage(), passage, cut.truncated());
  }

  private Cut cut(FittedQuery query, String passage, Truncation side) {
    for (long length = firstHead(side); ; length *= 4) {
      String head = TextHead.of(passage, length);
      Tokens tokens = tokenizer.encode(query.text(), head);
      int[] first = tokens.of(0);
      int[] second = tokens.of(1);
      if (head.length() == passage.length() || side.isEnough(first.length, second.length)) {
        return side.cut(tokens, first, second);
      }
    }
  }

  @Override
  public void close() {
    tokenizer.close();
  }
}
