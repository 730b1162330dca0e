// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0

/**
 * Reads protocol buffers, the format of ONNX files, without loading their weights.
 *
 * <p>Input: a file. Output: the fields that the caller reads.
 */
package io.crossencoder.engine.protobuf;
