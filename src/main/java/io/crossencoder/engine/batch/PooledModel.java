// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.engine.batch;

import io.crossencoder.engine.tokens.PairTokenizer;
import java.util.function.Supplier;

/**
 * A model as the pool needs it.
 *
 * @param name for messages
 * @param fingerprint models with the same one give the same pair the same score
 * @param tokenizer makes its input; stays open for as long as the model is used
 * @param runners gives a runner for each request, which the pool closes
 * @param throughput how fast it has been of late
 * @param listener told of its runs
 * @param batchCells tokens of a batch, padding included; 1: every pair is run alone
 */
public record PooledModel(
    String name,
    String fingerprint,
    PairTokenizer tokenizer,
    Supplier<Runner> runners,
    Throughput throughput,
    RunListener listener,
    int batchCells) {}
