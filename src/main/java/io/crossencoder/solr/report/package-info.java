// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0

/**
 * Reports the result of a reranking.
 *
 * <p>Input: the settings, and the result of the rescoring. Output: the section {@code crossEncoder}
 * of the response, a part of the line in the request log, metrics and failures; and the known
 * logits for later steps of the same request.
 */
package io.crossencoder.solr.report;
