// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0

/**
 * The head of a modular cross-encoder: what sentence-transformers computes behind the graph.
 *
 * <p>In: the files that {@code modules.json} lists, and the hidden states of a run.
 *
 * <p>Out: one or two scores a pair, or a reason at load why the model is refused.
 */
package io.crossencoder.engine.modules;
