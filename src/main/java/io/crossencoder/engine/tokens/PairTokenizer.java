// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.engine.tokens;

import io.crossencoder.engine.tokens.NativeTokenizer.Tokens;
import io.crossencoder.model.ModelLoadException;
import io.crossencoder.model.PairTemplate;
import io.crossencoder.model.Passage;
import io.crossencoder.model.Windows;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Tokenizes pairs like {@code transformers}: if a pair is too long, the longer text is truncated
 * first. Truncation and padding settings in tokenizer.json are ignored. Of a long passage, only the
 * part that determines the tokens is tokenized.
 *
 * <p>Thread-safe.
 */
public final class PairTokenizer implements AutoCloseable {

  /** Characters of a passage that are tokenized first, per token of the limit. */
  static final int CHARACTERS_PER_TOKEN = 8;

  /** A pair has three or four special tokens. */
  private static final int MAX_SPECIAL_TOKENS = 4;

  /** With fewer tokens besides the template, a pair cannot be scored. */
  private static final int MIN_ROOM = 8;

  /** Longer than any limit; the rest of a query has no effect. */
  private static final int MAX_QUERY_LENGTH = 100_000;

  private final NativeTokenizer tokenizer;
  private final int maxLength;
  private final long highestId;
  private final String prompt;

  /** Empty if the template is only a prompt. */
  private final Optional<TemplateTokenizer> template;

  /** {@return the version of the tokenizers library, if its JAR contains one} */
  public static Optional<String> libraryVersion() {
    return NativeTokenizer.libraryVersion();
  }

  private PairTokenizer(
      NativeTokenizer tokenizer, int maxLength, long highestId, PairTemplate template) {
    this.tokenizer = tokenizer;
    this.maxLength = maxLength;
    this.highestId = highestId;
    this.prompt = template.isPrompt() ? template.prefix() : "";
    this.template =
        template.isPrompt()
            ? Optional.empty()
            : Optional.of(new TemplateTokenizer(tokenizer, template, maxLength));
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
    NativeTokenizer tokenizer = NativeTokenizer.load(file, json, maxLength, template.isPrompt());
    PairTokenizer pairs = new PairTokenizer(tokenizer, maxLength, json.highestId(), template);
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
   * @param text the query, with the prompt of the model before it
   * @param tokens number of its tokens without special tokens; 0 if it is certainly short or the
   *     template does not need the number
   */
  public record FittedQuery(String text, int tokens) {}

  /**
   * Prepares a query for all its passages.
   *
   * @param query of any length
   * @return the query, or a beginning with more tokens than the limit of the model
   */
  public FittedQuery fit(String query) {
    String head = query.length() <= MAX_QUERY_LENGTH ? query : TextHead.of(query, MAX_QUERY_LENGTH);
    String text = prompt + head;
    boolean isShort = template.isPresent() || isSurelyShort(text);
    return new FittedQuery(text, isShort ? 0 : tokenizer.count(text));
  }

  /**
   * Truncates a query to at most half of the limit, so that there is room for a passage window.
   *
   * @param query of any length
   * @return the query or its beginning
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
   * An upper bound: normalization can turn one character into 18 of two bytes each, and each byte
   * can become a token.
   */
  private boolean isSurelyShort(String query) {
    return query.length() * 36L <= maxLength / 2;
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
    Tokens tokens = encodeHead(query, passage);
    return new Encoding(tokens.ids(), tokens.typeIds(), tokens.isCut());
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
    Tokens tokens = encodeHead(fitted, passage);
    return tokens.places(tokens.of(1), passage);
  }

  private Tokens encodeHead(FittedQuery query, String passage) {
    for (long length = (long) maxLength * CHARACTERS_PER_TOKEN; ; length *= 4) {
      String head = TextHead.of(passage, length);
      if (head.length() == passage.length() || decides(query, head)) {
        Tokens tokens = tokenizer.encode(query.text(), head);
        // A truncated head has all tokens that fit; otherwise the head is the whole passage.
        if (tokens.isCut() || head.length() == passage.length()) {
          return tokens;
        }
      }
    }
  }

  /**
   * Whether the beginning of a passage is truncated like the whole passage. If the query takes more
   * than half of the room, the truncation depends on which text is longer.
   */
  private boolean decides(FittedQuery query, String head) {
    return query.tokens() < (maxLength - MAX_SPECIAL_TOKENS) / 2
        || tokenizer.count(head) > query.tokens();
  }

  @Override
  public void close() {
    tokenizer.close();
  }
}
