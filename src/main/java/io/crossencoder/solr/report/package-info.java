// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0

/**
 * One rerank, and what is told of it.
 *
 * <p>In: what is asked, and how the rescoring ended. Out: the section {@code crossEncoder} of the
 * response, a part of the line in the request log, metrics and failures; and, for all that follows
 * in the same request, what is known of its hits.
 */
package io.crossencoder.solr.report;
