// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.engine.batch;

import java.util.List;

/**
 * A batch on its way through the model.
 *
 * @param keys of its pairs; empty: nobody else may know their scores
 */
record Run(ScoringJob job, Batch batch, List<ScoreCache.Key> keys) {

  /** Runs it, on the caller's thread, and tells the cache what it gave. */
  float[] go() throws Exception {
    float[] scores = job.runner.run(batch.encodings());
    for (int i = 0; i < keys.size(); i++) {
      if (Float.isFinite(scores[i])) {
        boolean cut = batch.pairs().get(i).encoding().truncated();
        job.cache.put(keys.get(i), new ScoreCache.Entry(scores[i], cut));
      }
    }
    return scores;
  }
}
