// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0

/**
 * Relevance judgments in common formats.
 *
 * <p>Input: a file, or an index. Output: judged queries, and the problems of invalid lines.
 */
package io.crossencoder.tools.evaluation.judgments;
