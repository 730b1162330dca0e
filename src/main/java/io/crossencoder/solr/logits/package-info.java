// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0

/**
 * Logits without a rerank, or of one that is over: the transformer {@code [crossencoder]} and the
 * function {@code crossencoder()}.
 *
 * <p>In: documents, and what the rerank of the request or its coordinator knows of them. Out: a
 * logit for each, scored only if nobody has it. Begin with {@code LogitTransformer} and {@code
 * LogitFunction}.
 */
package io.crossencoder.solr.logits;
