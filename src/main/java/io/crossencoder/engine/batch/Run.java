// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.engine.batch;

import java.util.List;

/**
 * A batch that is being run.
 *
 * @param keys cache keys of its pairs; empty: the scores are not shared
 */
record Run(ScoringJob job, Batch batch, List<ScoreCache.Key> keys) {

  /** Runs the batch on the caller's thread and caches its scores. */
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
