// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.lucene;

import io.crossencoder.model.ModelSpec;
import io.crossencoder.model.Scores;
import java.util.List;

/**
 * What one rescoring did.
 *
 * @param model the model that was asked
 * @param candidates all candidates in their new order
 * @param scores what the model gave, and what it cost
 * @param windows how many windows the passages were cut into; 0 if they were not
 * @param elapsedNanos wall time, reading the passages included
 */
public record RescoreReport(
    ModelSpec model, List<Candidate> candidates, Scores scores, int windows, long elapsedNanos) {}
