// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0

/**
 * What is known of which answers. In: files of RankLib, TREC and Quepid. Out: queries with grades,
 * and what was wrong with which line.
 */
package io.crossencoder.tools.evaluation.judgments;
