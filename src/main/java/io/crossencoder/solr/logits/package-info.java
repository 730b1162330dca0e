// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0

/**
 * Logits outside of reranking: the transformer {@code [crossencoder]} and the function {@code
 * crossencoder()}.
 *
 * <p>Input: documents, and the known logits of the request or of its coordinator. Output: a logit
 * per document; only unknown logits are computed. Start with {@code LogitTransformer} and {@code
 * LogitFunction}.
 */
package io.crossencoder.solr.logits;
