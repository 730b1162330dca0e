// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.engine.batch;

import io.crossencoder.engine.tokens.Encoding;

/**
 * A tokenized pair of a request.
 *
 * @param index index of the passage in the request, from 0
 * @param encoding tokens of query and passage
 */
record Pair(int index, Encoding encoding) {}
