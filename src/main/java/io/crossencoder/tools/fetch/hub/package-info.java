// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
/**
 * What a repository of the hub, or a directory in its place, has. In goes the name of a repository;
 * out come its files with the sizes and hashes that the hub states.
 */
package io.crossencoder.tools.fetch.hub;
