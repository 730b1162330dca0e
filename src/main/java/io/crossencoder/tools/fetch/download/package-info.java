// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0

/**
 * Files over HTTP that go on where they broke off.
 *
 * <p>In: an address, maybe a size and a hash.
 *
 * <p>Out: a file that is whole and what was asked for; otherwise its part, for the next time.
 */
package io.crossencoder.tools.fetch.download;
