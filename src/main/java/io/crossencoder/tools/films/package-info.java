// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0

/**
 * The films of TMDB as documents.
 *
 * <p>In: a file of films, plain or packed.
 *
 * <p>Out: documents in Solr, and a report of what was left out.
 */
package io.crossencoder.tools.films;
