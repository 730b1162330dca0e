// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.engine;

import io.crossencoder.model.CrossEncoder;
import io.crossencoder.model.Deadline;
import io.crossencoder.model.ModelSpec;
import io.crossencoder.model.Passage;
import io.crossencoder.model.Scores;
import io.crossencoder.model.Windows;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** One user's hold on a model that others have, too. Closing it releases the model, once. */
final class ModelLease implements CrossEncoder {

  private final ModelSpec spec;
  private final BatchedCrossEncoder encoder;
  private final boolean sharing;
  private final Runnable release;
  private final AtomicBoolean released = new AtomicBoolean();

  /**
   * Of a model.
   *
   * @param spec what this user calls it
   * @param sharing whether its scores come out of the score cache, and go there
   */
  ModelLease(ModelSpec spec, BatchedCrossEncoder encoder, boolean sharing, Runnable release) {
    this.spec = spec;
    this.encoder = encoder;
    this.sharing = sharing;
    this.release = release;
  }

  @Override
  public ModelSpec spec() {
    return spec;
  }

  @Override
  public Scores score(String query, List<String> passages, Deadline deadline) {
    return encoder.score(query, passages, deadline, sharing);
  }

  @Override
  public Windows windows(String query, Passage passage, int most) {
    return encoder.windows(query, passage, most);
  }

  @Override
  public void close() {
    if (released.compareAndSet(false, true)) {
      release.run();
    }
  }
}
