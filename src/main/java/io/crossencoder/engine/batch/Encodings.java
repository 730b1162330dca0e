// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.engine.batch;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.crossencoder.engine.tokens.Encoding;
import java.util.function.Supplier;

/**
 * Tokens of the pairs that requests are at: who wants a pair that another has tokenized and not yet
 * run takes them from there. An encoding is known for as long as somebody else holds it.
 * Thread-safe.
 */
final class Encodings {

  // No upkeep on the common pool: its threads are not ours.
  private final Cache<ScoreCache.Key, Encoding> held =
      Caffeine.newBuilder().weakValues().executor(Runnable::run).build();

  /** The tokens of a pair; if two ask at once, one of them makes them, and the other waits. */
  Encoding get(ScoreCache.Key key, Supplier<Encoding> tokenizer) {
    return held.get(key, unknown -> tokenizer.get());
  }
}
