// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0

/**
 * How Solr is asked judged queries, over HTTP as any user would. In: a query, and what is done to
 * it. Out: a ranking, or documents with fields.
 */
package io.crossencoder.tools.evaluation.asking;
