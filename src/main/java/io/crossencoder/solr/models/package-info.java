// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0

/**
 * The models of a core: those installed on the node and those of the model store.
 *
 * <p>Input: {@code solrconfig.xml}, the model store, and the system properties of the node. Output:
 * a {@link io.crossencoder.model.CrossEncoder} by name, loaded while it is in use.
 */
package io.crossencoder.solr.models;
