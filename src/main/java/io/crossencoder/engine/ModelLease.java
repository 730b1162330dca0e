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

/**
 * A lease on a model that several users share. Closing it several times releases the model once.
 * Thread-safe.
 */
final class ModelLease implements CrossEncoder {

  private final ModelSpec spec;
  private final BatchedCrossEncoder encoder;
  private final boolean sharing;
  private final Runnable release;
  private final AtomicBoolean released = new AtomicBoolean();

  /**
   * A lease.
   *
   * @param spec properties, with the name for this user
   * @param sharing whether to use the score cache and share pairs with concurrent requests
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
