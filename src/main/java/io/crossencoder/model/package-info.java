// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0

/**
 * The types that all other packages share: a model, its options, its input and its output.
 *
 * <p>Input: a query, passages and a deadline. Output: scores, their cost and the outcome of the
 * call. This package does not depend on ONNX Runtime, Lucene or Solr.
 */
package io.crossencoder.model;
