// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0

/**
 * The head of a modular cross-encoder: the modules that sentence-transformers computes after the
 * encoder.
 *
 * <p>Input: the files listed in {@code modules.json}, and the hidden states of a batch. Output: one
 * or two scores per pair. Unsupported modules are rejected at load.
 */
package io.crossencoder.engine.modules;
