// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0

/**
 * What several commands need: the terminal, progress, the project, a Solr to talk to.
 *
 * <p>In: the environment of the process.
 *
 * <p>Out: text for people, and reasons in one line.
 */
package io.crossencoder.tools.common;
