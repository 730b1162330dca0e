// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.engine.batch;

import io.crossencoder.engine.tokens.PairTokenizer;
import java.util.function.Supplier;

/**
 * A model for the pool.
 *
 * @param name name for messages
 * @param fingerprint models with equal fingerprints have equal scores
 * @param tokenizer tokenizer of the model; open while the model is used
 * @param runners creates a runner for each request, which the pool closes
 * @param throughput recent speed
 * @param listener receives the runs
 * @param batchCells maximum padded tokens per batch; 1: every pair is run alone
 */
public record PooledModel(
    String name,
    String fingerprint,
    PairTokenizer tokenizer,
    Supplier<Runner> runners,
    Throughput throughput,
    RunListener listener,
    int batchCells) {}
