// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.lucene;

import io.crossencoder.model.Passage;
import java.util.List;

/**
 * What the index knows of candidates, and all of it that a rescoring needs: it can be read on one
 * machine and rescored on another.
 *
 * @param passages one a candidate
 * @param fields one row a candidate, in the same order: what {@link ScoreBlend#fields} read; rows
 *     may be of length 0
 */
public record RescoreInput(List<Passage> passages, double[][] fields) {}
