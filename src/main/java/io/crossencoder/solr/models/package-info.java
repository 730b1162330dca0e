// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0

/**
 * Which models a core has: those installed on the node and those of the model store.
 *
 * <p>In: solrconfig, the store, and the system properties of the node. Out: a {@link
 * io.crossencoder.model.CrossEncoder} by name, in memory for as long as somebody may use it.
 */
package io.crossencoder.solr.models;
