// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.engine.tokens;

/**
 * A tokenized pair.
 *
 * @param ids token ids with special tokens, without padding
 * @param typeIds 0 for tokens of the query, 1 for tokens of the passage; same length
 * @param truncated whether query or passage was truncated
 */
public record Encoding(long[] ids, long[] typeIds, boolean truncated) {

  /** {@return number of tokens} */
  public int length() {
    return ids.length;
  }
}
