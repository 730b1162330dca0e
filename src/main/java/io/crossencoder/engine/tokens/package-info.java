// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0

/**
 * Tokenization as the models expect it.
 *
 * <p>Input: a tokenizer.json, a query and a passage of any length. Output: the token ids of a pair,
 * or the windows of a long passage.
 */
package io.crossencoder.engine.tokens;
