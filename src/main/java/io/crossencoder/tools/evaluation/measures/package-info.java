// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0

/**
 * Measures of rankings and their significance.
 *
 * <p>Input: ranked ids, and grades. Output: numbers and their names.
 */
package io.crossencoder.tools.evaluation.measures;
