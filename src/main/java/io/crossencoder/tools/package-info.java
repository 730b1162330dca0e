// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0

/**
 * The command-line tools: one main class, its commands, and the demo.
 *
 * <p>Input: arguments. Output: an exit code: 0 success, 1 failure, 2 invalid usage.
 */
package io.crossencoder.tools;
