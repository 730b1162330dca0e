// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
/**
 * Lists the files of a repository on the Hub, or of a local directory.
 *
 * <p>Input: the name of a repository. Output: its files with the sizes and hashes that the Hub
 * states.
 */
package io.crossencoder.tools.fetch.hub;
