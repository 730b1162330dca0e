// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0

/**
 * Indexes the films of TMDB.
 *
 * <p>Input: a file of films, plain or packed. Output: documents in Solr, and a report of omitted
 * values.
 */
package io.crossencoder.tools.films;
