// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.bench;

import io.crossencoder.engine.tokens.PairTokenizer;
import io.crossencoder.model.ModelSpec;
import java.util.ArrayList;
import java.util.List;

/** Builds passages for pairs with a given number of tokens from texts of the first pass. */
final class TokenPassages implements AutoCloseable {

  /** A maximum length that no text reaches. */
  private static final int ANY = 1 << 20;

  /** One token in every vocabulary, to fill a pair to which no whole word can be added. */
  private static final String FILLER = " .";

  private final PairTokenizer tokenizer;

  TokenPassages(ModelSpec spec) {
    tokenizer = PairTokenizer.load(spec.directory().resolve("tokenizer.json"), ANY);
  }

  /**
   * The same query with the same number of passages, whose pairs have exactly this number of
   * tokens.
   */
  Request ofTokens(Request request, int tokens) {
    List<String> passages = new ArrayList<>();
    for (int i = 0; i < request.passages().size(); i++) {
      StringBuilder text = new StringBuilder();
      // Every passage starts differently, because the engine runs equal pairs once.
      int next = i;
      while (length(request.query(), text.toString()) < tokens) {
        text.append(' ').append(request.passages().get(next++ % request.passages().size()));
      }
      passages.add(cut(request.query(), text.toString(), tokens));
    }
    return new Request(request.query(), passages);
  }

  List<Request> ofTokens(List<Request> requests, int tokens) {
    return requests.stream().map(request -> ofTokens(request, tokens)).toList();
  }

  private int length(String query, String passage) {
    return tokenizer.encode(query, passage).length();
  }

  private String cut(String query, String text, int tokens) {
    String[] words = text.trim().split(" +");
    int most = 0;
    for (int step = Integer.highestOneBit(words.length); step > 0; step /= 2) {
      int tried = most + step;
      if (tried <= words.length && length(query, join(words, tried)) <= tokens) {
        most = tried;
      }
    }
    String cut = join(words, most);
    while (length(query, cut + FILLER) <= tokens) {
      cut += FILLER;
    }
    return cut;
  }

  private static String join(String[] words, int count) {
    return String.join(" ", List.of(words).subList(0, count));
  }

  @Override
  public void close() {
    tokenizer.close();
  }
}
