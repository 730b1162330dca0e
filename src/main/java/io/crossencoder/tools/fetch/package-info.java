// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
/** Models and films from elsewhere: downloads that go on where they broke off, checked. */
package io.crossencoder.tools.fetch;
