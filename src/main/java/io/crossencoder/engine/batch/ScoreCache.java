// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.engine.batch;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/**
 * Logits by content: the same model, query and passage have the same logit, whatever was committed,
 * reloaded or paged to in between. Thread-safe.
 */
public final class ScoreCache {

  /** Key, value and the cache's own node, with compressed object pointers; 141 were measured. */
  public static final int BYTES_PER_ENTRY = 144;

  /** A logit and whether its passage was cut. */
  record Entry(float logit, boolean truncated) {}

  /**
   * Half of a SHA-256: two contents that meet by chance are not to be expected in this universe.
   */
  record Key(long high, long low) {}

  private final Optional<Cache<Key, Entry>> cache;
  private final long bytes;
  private final LongAdder hits = new LongAdder();
  private final LongAdder misses = new LongAdder();

  /**
   * Of this many bytes.
   *
   * @param bytes 0 switches it off: nothing is kept, every look is a miss
   */
  public ScoreCache(long bytes) {
    this.bytes = bytes;
    this.cache =
        bytes == 0
            ? Optional.empty()
            : Optional.of(
                Caffeine.newBuilder()
                    .maximumSize(Math.max(1, bytes / BYTES_PER_ENTRY))
                    // No upkeep on the common pool: its threads are not ours.
                    .executor(Runnable::run)
                    .build());
  }

  /** The keys of a request's pairs, in the order of the passages. */
  List<Key> keys(String fingerprint, String query, List<String> passages) {
    MessageDigest prefix = sha256();
    for (String part : List.of(fingerprint, query)) {
      byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
      // With the length before it, no two lists of parts make the same bytes.
      prefix.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, bytes.length));
      prefix.update(bytes);
    }
    return passages.stream().map(passage -> key(prefix, passage)).toList();
  }

  private static Key key(MessageDigest prefix, String passage) {
    try {
      MessageDigest digest = (MessageDigest) prefix.clone();
      ByteBuffer hash = ByteBuffer.wrap(digest.digest(passage.getBytes(StandardCharsets.UTF_8)));
      return new Key(hash.getLong(), hash.getLong());
    } catch (CloneNotSupportedException e) {
      throw new AssertionError("the JDK's digests can be cloned", e);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }

  /** What a request finds when it comes; counted. */
  Optional<Entry> get(Key key) {
    Optional<Entry> entry = peek(key);
    (entry.isPresent() ? hits : misses).increment();
    return entry;
  }

  /** The same, not counted. */
  Optional<Entry> peek(Key key) {
    return cache.map(entries -> entries.getIfPresent(key));
  }

  void put(Key key, Entry entry) {
    cache.ifPresent(entries -> entries.put(key, entry));
  }

  /** {@return pairs that a request found, since the start} */
  public long hits() {
    return hits.sum();
  }

  /** {@return pairs that a request did not find, since the start} */
  public long misses() {
    return misses.sum();
  }

  /** {@return scores that it holds, about} */
  public long entries() {
    return cache.map(Cache::estimatedSize).orElse(0L);
  }

  /** {@return how large it may become, in bytes} */
  public long maxBytes() {
    return bytes;
  }
}
