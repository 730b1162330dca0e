// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0

/** Command lines: a local Solr, index, search, demo; those that evaluate and fetch lie below. */
package io.crossencoder.tools;
