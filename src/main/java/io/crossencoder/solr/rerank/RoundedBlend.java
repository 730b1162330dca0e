// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.rerank;

import io.crossencoder.lucene.ScoreBlend;
import io.crossencoder.lucene.TailScores;
import io.crossencoder.model.ModelSpec;
import java.io.IOException;
import java.util.stream.DoubleStream;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;

/**
 * A blend with the precision of the scores that a coordinator merges. With a higher precision, the
 * order of a shard could contradict the merge.
 */
record RoundedBlend(ScoreBlend blend) implements ScoreBlend {

  @Override
  public double[][] fields(IndexSearcher searcher, ScoreDoc[] hits) throws IOException {
    return blend.fields(searcher, hits);
  }

  @Override
  public double[] blend(ModelSpec model, float[] firstPass, double[][] fields, float[] logits)
      throws IOException {
    return DoubleStream.of(blend.blend(model, firstPass, fields, logits))
        .map(TailScores::above)
        .toArray();
  }

  @Override
  public String toString() {
    return blend.toString();
  }
}
