// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools;

import picocli.CommandLine.Command;

/** {@code solr}: a local Solr that loads the plugin as a user's node does. */
@Command(name = "solr", description = "Start, stop and look at a local Solr with the plugin.")
final class SolrCommand {}
