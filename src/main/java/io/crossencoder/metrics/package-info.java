// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0

/**
 * Metrics of the engine, independent of the system that publishes them.
 *
 * <p>Input: events, counted where they happen. Output: named metrics whose values are computed when
 * they are read.
 */
package io.crossencoder.metrics;
