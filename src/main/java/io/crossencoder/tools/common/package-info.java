// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0

/**
 * Shared code of the commands: terminal, progress, project paths, requests to Solr.
 *
 * <p>Input: the environment of the process. Output: text for users, and error messages in one line.
 */
package io.crossencoder.tools.common;
