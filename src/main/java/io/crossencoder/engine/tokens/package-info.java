// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0

/**
 * Text as a model reads it.
 *
 * <p>In: a tokenizer.json, a query and a passage of any length.
 *
 * <p>Out: token ids of a pair, or the windows of a long passage.
 */
package io.crossencoder.engine.tokens;
