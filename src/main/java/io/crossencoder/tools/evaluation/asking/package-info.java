// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0

/**
 * Sends judged queries to Solr over HTTP.
 *
 * <p>Input: a query and a configuration. Output: a ranking, or documents with fields.
 */
package io.crossencoder.tools.evaluation.asking;
