// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0

/** How good a ranking is: judgments in, Solr asked over HTTP as any user would, numbers out. */
package io.crossencoder.tools.evaluation;
