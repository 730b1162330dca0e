// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.bench;

import java.util.List;

/** What a contender scores in one call: a query and its candidates' passages. */
record Request(String query, List<String> passages) {}
