// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.engine;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.crossencoder.engine.files.Fingerprint;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/**
 * Logits by content: the same model, query and passage have the same logit, whatever was committed,
 * reloaded or paged to in between. Thread-safe.
 */
public final class ScoreCache {

  /** Key, value and the cache's own node of one entry, with compressed object pointers. */
  static final int BYTES_PER_ENTRY = 128;

  /** A logit and whether its passage was cut. */
  public record Entry(float logit, boolean truncated) {}

  /**
   * Half of a SHA-256: two contents that meet by chance are not to be expected in this universe.
   */
  public record Key(long high, long low) {}

  private final Optional<Cache<Key, Entry>> cache;
  private final long bytes;
  private final LongAdder hits = new LongAdder();
  private final LongAdder misses = new LongAdder();

  /**
   * Of this many bytes.
   *
   * @param bytes 0 switches it off: nothing is kept, every look is a miss
   */
  ScoreCache(long bytes) {
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

  /** Makes the keys of one request. */
  Keys keys(String fingerprint, String query) {
    MessageDigest digest = Fingerprint.sha256();
    for (String part : new String[] {fingerprint, query}) {
      byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
      // With the length before it, no two lists of parts make the same bytes.
      digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, bytes.length));
      digest.update(bytes);
    }
    return new Keys(digest);
  }

  /**
   * Looks one up, and counts a hit or a miss.
   *
   * @param key of the pair
   * @return empty if it is not known
   */
  public Optional<Entry> get(Key key) {
    Optional<Entry> entry = cache.map(entries -> entries.getIfPresent(key));
    (entry.isPresent() ? hits : misses).increment();
    return entry;
  }

  /**
   * Keeps one, until others need its place.
   *
   * @param key of the pair
   * @param entry what the model gave for it
   */
  public void put(Key key, Entry entry) {
    cache.ifPresent(entries -> entries.put(key, entry));
  }

  long hits() {
    return hits.sum();
  }

  long misses() {
    return misses.sum();
  }

  long entries() {
    return cache.map(Cache::estimatedSize).orElse(0L);
  }

  /** How large it may become. */
  long maxBytes() {
    return bytes;
  }

  /** The keys of one model and query. Not thread-safe. */
  static final class Keys {

    private final MessageDigest prefix;

    private Keys(MessageDigest prefix) {
      this.prefix = prefix;
    }

    Key of(String passage) {
      try {
        MessageDigest digest = (MessageDigest) prefix.clone();
        ByteBuffer hash = ByteBuffer.wrap(digest.digest(passage.getBytes(StandardCharsets.UTF_8)));
        return new Key(hash.getLong(), hash.getLong());
      } catch (CloneNotSupportedException e) {
        throw new AssertionError("the JDK's digests can be cloned", e);
      }
    }
  }
}
