// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.engine.tokens;

/**
 * One tokenized pair.
 *
 * @param ids token ids, special tokens included, no padding
 * @param typeIds 0 for tokens of the query, 1 for those of the passage; same length
 * @param truncated whether passage or query was cut
 */
public record Encoding(long[] ids, long[] typeIds, boolean truncated) {

  /** {@return how many tokens} */
  public int length() {
    return ids.length;
  }
}
