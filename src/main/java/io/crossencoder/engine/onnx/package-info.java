// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0

/**
 * Runs one ONNX model in ONNX Runtime, and reads facts about its arithmetic from its file.
 *
 * <p>Input: the tokenized pairs of a batch. Output: one score per pair. No other package opens
 * native sessions.
 */
package io.crossencoder.engine.onnx;
