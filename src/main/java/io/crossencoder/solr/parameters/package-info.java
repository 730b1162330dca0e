// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0

/**
 * Parses and checks the parameters of a request.
 *
 * <p>Input: local parameters, the defaults of {@code solrconfig.xml}, the schema, and {@code q}.
 * Output: checked values with a model and the query text; or HTTP 400 with the name of the invalid
 * parameter.
 */
package io.crossencoder.solr.parameters;
