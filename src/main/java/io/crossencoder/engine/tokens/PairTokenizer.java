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
 * Makes token ids of a pair, as {@code transformers} does: of a pair that is too long, the longer
 * text is cut first. Truncation and padding that a tokenizer.json has baked in change nothing, and
 * a text of a megabyte costs no more than the part that decides.
 *
 * <p>Thread-safe.
 */
public final class PairTokenizer implements AutoCloseable {

  /** How many characters of a passage are looked at first, for each token that may be read. */
  static final int CHARACTERS_PER_TOKEN = 8;

  /** A pair has three special tokens, or four. */
  private static final int MAX_SPECIAL_TOKENS = 4;

  /** With fewer tokens beside a template there is nothing to score. */
  private static final int MIN_ROOM = 8;

  /** More than any model reads; the rest of a query changes nothing. */
  private static final int MAX_QUERY_LENGTH = 100_000;

  private final NativeTokenizer tokenizer;
  private final int maxLength;
  private final long highestId;
  private final String prompt;

  /** Where there is more than a prompt. */
  private final Optional<TemplateTokenizer> template;

  /** {@return the version of the tokenizers, if their jar says one} */
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
   * Reads a tokenizer.json.
   *
   * @param file to read
   * @param maxLength tokens of a pair, special ones included
   * @return to be closed
   * @throws ModelLoadException if it cannot be read, or if the native library cannot be loaded
   */
  public static PairTokenizer load(Path file, int maxLength) {
    return load(file, maxLength, PairTemplate.NONE);
  }

  /**
   * The same, with texts around query and passage.
   *
   * @param file to read
   * @param maxLength tokens of a pair, special ones and the template's included
   * @param template what stands around query and passage
   * @return to be closed
   * @throws ModelLoadException if it cannot be read, if the native library cannot be loaded, or if
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
   * A query, and how many tokens it has.
   *
   * @param text the query, with the model's prompt before it
   * @param tokens its tokens, special ones not counted; 0 for one that is surely short, or where a
   *     template does not need them
   */
  public record FittedQuery(String text, int tokens) {}

  /**
   * Looks at a query once, for all passages that are to be encoded with it.
   *
   * @param query of any length
   * @return the query, or a beginning of it that has more tokens than the model reads
   */
  public FittedQuery fit(String query) {
    String head = query.length() <= MAX_QUERY_LENGTH ? query : TextHead.of(query, MAX_QUERY_LENGTH);
    String text = prompt + head;
    boolean isShort = template.isPresent() || isSurelyShort(text);
    return new FittedQuery(text, isShort ? 0 : tokenizer.count(text));
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
    if (template.isPresent()) {
      return template.get().encode(query.text(), passage);
    }
    Tokens tokens = encodeHead(query, passage);
    return new Encoding(tokens.ids(), tokens.typeIds(), tokens.isCut());
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
        // A head that was cut has all the tokens that are read, and one that was not is the
        // passage.
        if (tokens.isCut() || head.length() == passage.length()) {
          return tokens;
        }
      }
    }
  }

  /**
   * Whether the beginning of a passage is cut as the whole would be. Beside a query of more than
   * half of the room, which of the two is cut and where depends on which is longer.
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
