// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0

/**
 * Downloads over HTTP that can be resumed.
 *
 * <p>Input: a URL, optionally a size and a hash. Output: a complete and verified file; after a
 * failure, its part for the next attempt.
 */
package io.crossencoder.tools.fetch.download;
