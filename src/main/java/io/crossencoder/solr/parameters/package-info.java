// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0

/**
 * What a request asks for.
 *
 * <p>In: local parameters, the defaults of solrconfig, the schema, and {@code q}. Out: checked
 * values with a model, and the words that the model compares with; or a 400 with the name of what
 * is wrong.
 */
package io.crossencoder.solr.parameters;
