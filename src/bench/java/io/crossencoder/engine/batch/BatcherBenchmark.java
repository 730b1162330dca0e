// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.engine.batch;

import io.crossencoder.engine.tokens.Encoding;
import io.crossencoder.model.Execution;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The time to batch the pairs of one request. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@State(Scope.Benchmark)
public class BatcherBenchmark {

  @Param({"50", "1000"})
  int pairs;

  private List<Pair> encodings;

  @Setup
  public void lengths() {
    Random random = new Random(1);
    encodings = new ArrayList<>();
    for (int i = 0; i < pairs; i++) {
      int length = 20 + random.nextInt(200);
      encodings.add(new Pair(i, new Encoding(new long[length], new long[length], false)));
    }
  }

  @Benchmark
  public Object byLength() {
    return Batcher.batches(encodings, Execution.BATCH_CELLS);
  }
}
