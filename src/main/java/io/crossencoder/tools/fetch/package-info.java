// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0

/**
 * Downloads and verifies models and films.
 *
 * <p>Input: a descriptor in conf/models, or the name of an archive. Output: a complete model
 * directory with a record of its sources.
 */
package io.crossencoder.tools.fetch;
