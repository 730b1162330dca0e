// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0

/**
 * Access to the Solr request of the current thread: its shards, its time limits and its end.
 *
 * <p>Input: the request in Solr, and the messages between a coordinator and its shards. Output: the
 * same as typed values. This package does not depend on reranking.
 */
package io.crossencoder.solr.request;
