// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0

/**
 * Inspects a model directory before native libraries are loaded.
 *
 * <p>Input: the files of the directory. Output: a {@link io.crossencoder.model.ModelSpec} and the
 * reference pairs.
 */
package io.crossencoder.engine.files;
