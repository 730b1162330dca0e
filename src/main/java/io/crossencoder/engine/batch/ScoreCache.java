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
 * Cache of logits by content. Equal model, query and passage have the same logit, also after
 * commits and reloads and on other pages. Thread-safe.
 */
public final class ScoreCache {

  /** Size of key, value and cache node with compressed object pointers; 141 were measured. */
  public static final int BYTES_PER_ENTRY = 144;

  /** A logit, and whether its pair was truncated. */
  record Entry(float logit, boolean truncated) {}

  /** Half of a SHA-256 hash; collisions are practically impossible. */
  record Key(long high, long low) {}

  private final Optional<Cache<Key, Entry>> cache;
  private final long bytes;
  private final LongAdder hits = new LongAdder();
  private final LongAdder misses = new LongAdder();

  /**
   * A cache of limited size.
   *
   * @param bytes maximum size; 0 disables the cache
   */
  public ScoreCache(long bytes) {
    this.bytes = bytes;
    this.cache =
        bytes == 0
            ? Optional.empty()
            : Optional.of(
                Caffeine.newBuilder()
                    .maximumSize(Math.max(1, bytes / BYTES_PER_ENTRY))
                    // Maintenance must not run on the common pool, whose threads belong to the
                    // application.
                    .executor(Runnable::run)
                    .build());
  }

  /** The keys of the pairs of a request, in the order of the passages. */
  List<Key> keys(String fingerprint, String query, List<String> passages) {
    MessageDigest prefix = sha256();
    for (String part : List.of(fingerprint, query)) {
      byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
      // The length is included so that different lists of parts never have the same bytes.
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

  /** Looks a score up for a new request; counted as hit or miss. */
  Optional<Entry> get(Key key) {
    Optional<Entry> entry = peek(key);
    (entry.isPresent() ? hits : misses).increment();
    return entry;
  }

  /** Looks a score up without counting. */
  Optional<Entry> peek(Key key) {
    return cache.map(entries -> entries.getIfPresent(key));
  }

  void put(Key key, Entry entry) {
    cache.ifPresent(entries -> entries.put(key, entry));
  }

  /** {@return number of hits since the start} */
  public long hits() {
    return hits.sum();
  }

  /** {@return number of misses since the start} */
  public long misses() {
    return misses.sum();
  }

  /** {@return approximate number of cached scores} */
  public long entries() {
    return cache.map(Cache::estimatedSize).orElse(0L);
  }

  /** {@return maximum size in bytes} */
  public long maxBytes() {
    return bytes;
  }
}
