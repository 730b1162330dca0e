// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0

/**
 * How good a ranking is, and how sure that is. In: ids in an order, and grades. Out: numbers, and
 * the words for them.
 */
package io.crossencoder.tools.evaluation.measures;
