// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0

/**
 * Text in, logits out: one ONNX cross-encoder, shared by all threads of a JVM.
 *
 * <p>Knows nothing of Lucene or Solr. {@link io.crossencoder.engine.ModelRegistry} loads a model
 * directory in the Hugging Face layout; {@link io.crossencoder.model.CrossEncoder} scores pairs.
 */
package io.crossencoder.model;
