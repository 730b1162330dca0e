// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0

/**
 * The command line: one main, its commands, and the demo that strings them together.
 *
 * <p>In: arguments.
 *
 * <p>Out: an exit code: 0 done, 1 failed, 2 bad usage.
 */
package io.crossencoder.tools;
