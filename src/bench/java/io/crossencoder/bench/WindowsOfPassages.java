// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.bench;

import io.crossencoder.model.CrossEncoder;
import io.crossencoder.model.Deadline;
import io.crossencoder.model.Passage;
import io.crossencoder.model.Scores;
import java.util.ArrayList;
import java.util.List;

/** Long passages in windows, as with {@code passage=maxp}: the highest-scoring window counts. */
final class WindowsOfPassages implements JvmContender.Scorer {

  private final Engine engine;
  private final int most;

  WindowsOfPassages(Engine engine, int most) {
    this.engine = engine;
    this.most = most;
  }

  @Override
  public float[] score(Request request) {
    CrossEncoder encoder = engine.encoder();
    List<String> windows = new ArrayList<>();
    List<Integer> ends = new ArrayList<>();
    for (String passage : request.passages()) {
      windows.addAll(encoder.windows(request.query(), new Passage("", passage), most).texts());
      ends.add(windows.size());
    }
    Scores scores = encoder.score(request.query(), windows, Deadline.NONE);
    float[] best = new float[ends.size()];
    int window = 0;
    for (int i = 0; i < best.length; i++) {
      best[i] = Float.NEGATIVE_INFINITY;
      for (; window < ends.get(i); window++) {
        best[i] = Math.max(best[i], scores.logits()[window]);
      }
    }
    return best;
  }

  @Override
  public void close() {
    engine.close();
  }
}
