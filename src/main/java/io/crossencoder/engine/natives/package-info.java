// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0

/**
 * The jars and native libraries that have to be there, and what it means if they do not work.
 *
 * <p>In: a class loader and a directory.
 *
 * <p>Out: libraries in a known place, or a message that helps; native objects are closed behind a
 * guard.
 */
package io.crossencoder.engine.natives;
