// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0

/**
 * One ONNX graph in ONNX Runtime, and what its file says about its arithmetic.
 *
 * <p>In: tokenized pairs of one run.
 *
 * <p>Out: one score per pair. Nobody else in the engine knows ONNX Runtime.
 */
package io.crossencoder.engine.onnx;
