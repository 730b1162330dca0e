// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0

/**
 * Relevance judgments, in the formats in which people have them.
 *
 * <p>In: a file, or an index.
 *
 * <p>Out: judged queries, and what was wrong with which line.
 */
package io.crossencoder.tools.evaluation.judgments;
