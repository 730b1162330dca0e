// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0

/**
 * The worker threads of a node, their queue and the scores that requests share.
 *
 * <p>Input: the passages of a request and a model. Output: one {@link
 * io.crossencoder.model.Scores}. A pair is run once for all concurrent requests.
 */
package io.crossencoder.engine.batch;
