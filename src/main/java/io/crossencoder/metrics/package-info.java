// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0

/**
 * Numbers that tell how the engine does, whoever shows them.
 *
 * <p>In: events, counted where they happen.
 *
 * <p>Out: named metrics with their values at the moment of reading.
 */
package io.crossencoder.metrics;
