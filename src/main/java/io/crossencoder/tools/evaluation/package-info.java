// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0

/**
 * How good a ranking is.
 *
 * <p>In: judgments, and a Solr that is asked over HTTP as any user would.
 *
 * <p>Out: measures with their confidence, as text, HTML, CSV and TREC runs.
 */
package io.crossencoder.tools.evaluation;
