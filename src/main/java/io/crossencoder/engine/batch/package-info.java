// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0

/**
 * The threads of a node, the queue before them and the scores that requests share.
 *
 * <p>In: the passages of a request and a model to run them with.
 *
 * <p>Out: one {@link io.crossencoder.model.Scores}; each pair is run once, whoever waits for it.
 */
package io.crossencoder.engine.batch;
