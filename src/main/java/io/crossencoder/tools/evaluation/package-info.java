// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0

/**
 * Measures the quality of rankings.
 *
 * <p>Input: judgments, and a Solr that receives requests over HTTP. Output: measures with
 * confidence intervals, as text, HTML, CSV and TREC runs.
 */
package io.crossencoder.tools.evaluation;
