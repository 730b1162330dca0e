// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0

/**
 * Learning from judgments: the formula of a blend, and the training data of a model.
 *
 * <p>Input: judgments, and a Solr. Output: a formula, or a file with training data.
 */
package io.crossencoder.tools.fit;
