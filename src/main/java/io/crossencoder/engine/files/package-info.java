// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0

/**
 * A model directory, looked at before anything native is loaded.
 *
 * <p>In: its files.
 *
 * <p>Out: a {@link io.crossencoder.model.ModelSpec}, and the pairs whose scores are known.
 */
package io.crossencoder.engine.files;
