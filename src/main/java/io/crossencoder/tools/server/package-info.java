// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0

/**
 * A local Solr in a JVM of its own: started, watched and stopped.
 *
 * <p>In: a home directory and a port.
 *
 * <p>Out: a running server, its process id in a file.
 */
package io.crossencoder.tools.server;
