// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
/**
 * Reads the JSON files of a model directory.
 *
 * <p>Input: a file. Output: checked values, or a message in one line with the file, the key and the
 * problem.
 */
package io.crossencoder.engine.json;
