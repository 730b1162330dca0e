// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0

/**
 * The JARs and native libraries that the engine requires, and messages with a remedy if they do not
 * work.
 *
 * <p>Input: a class loader and a directory. Output: libraries in a fixed directory. Native objects
 * are closed behind a guard.
 */
package io.crossencoder.engine.natives;
