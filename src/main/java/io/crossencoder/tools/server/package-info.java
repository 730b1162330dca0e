// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0

/**
 * A local Solr in its own JVM: start, stop and status.
 *
 * <p>Input: a home directory and a port. Output: a running server, its process id in a file.
 */
package io.crossencoder.tools.server;
