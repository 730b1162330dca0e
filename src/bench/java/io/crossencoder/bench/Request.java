// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.bench;

import java.util.List;

/** The input of a contender for one call: a query and the passages of its candidates. */
record Request(String query, List<String> passages) {}
