// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0

/** Command lines: server, index, search, demo, bench. */
package io.crossencoder.tools;
