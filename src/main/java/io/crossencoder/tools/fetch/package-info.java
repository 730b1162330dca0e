// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0

/**
 * Models and films from elsewhere, checked before anybody uses them.
 *
 * <p>In: a descriptor of conf/models, or the name of an archive.
 *
 * <p>Out: a model directory that is whole, with where it came from.
 */
package io.crossencoder.tools.fetch;
