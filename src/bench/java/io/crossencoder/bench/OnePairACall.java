// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.bench;

import io.crossencoder.engine.batch.Runner;
import io.crossencoder.engine.onnx.OnnxModel;
import io.crossencoder.engine.tokens.Encoding;
import io.crossencoder.engine.tokens.PairTokenizer;
import io.crossencoder.model.ModelSpec;
import java.util.List;

/**
 * The baseline: a loop over the pairs on the thread of the caller, with the same session and
 * tokenizer as the engine.
 */
final class OnePairACall implements AutoCloseable {

  private final PairTokenizer tokenizer;
  private final OnnxModel model;

  /** Loads a model that has already been inspected. */
  OnePairACall(ModelSpec spec) {
    tokenizer = PairTokenizer.load(spec.directory().resolve("tokenizer.json"), spec.maxLength());
    model = OnnxModel.load(spec);
  }

  float[] score(String query, List<String> passages) throws Exception {
    float[] logits = new float[passages.size()];
    Runner runner = model.runner();
    try {
      for (int i = 0; i < logits.length; i++) {
        Encoding encoding = tokenizer.encode(query, passages.get(i));
        logits[i] = runner.run(List.of(encoding))[0];
      }
    } finally {
      runner.close();
    }
    return logits;
  }

  @Override
  public void close() {
    model.close();
    tokenizer.close();
  }
}
