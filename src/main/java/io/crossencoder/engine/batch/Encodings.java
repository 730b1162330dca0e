// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.engine.batch;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.crossencoder.engine.tokens.Encoding;
import java.util.function.Supplier;

/**
 * The tokenized pairs of running requests. Concurrent requests for the same pair share its tokens.
 * An encoding is kept only while a request holds it. Thread-safe.
 */
final class Encodings {

  // Maintenance must not run on the common pool, whose threads belong to the application.
  private final Cache<ScoreCache.Key, Encoding> held =
      Caffeine.newBuilder().weakValues().executor(Runnable::run).build();

  /** The tokens of a pair. If two requests need them at once, one tokenizes and the other waits. */
  Encoding get(ScoreCache.Key key, Supplier<Encoding> tokenizer) {
    return held.get(key, unknown -> tokenizer.get());
  }
}
