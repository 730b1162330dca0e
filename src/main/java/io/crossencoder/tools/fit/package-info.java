// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0

/**
 * What is learned from judgments: the formula of a blend, and the examples that a model is trained
 * on. In: judgments, and a Solr. Out: a formula, or a file for the trainer.
 */
package io.crossencoder.tools.fit;
