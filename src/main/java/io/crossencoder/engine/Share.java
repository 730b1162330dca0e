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

/** One user's share of a model that others have, too. Closing it gives it back, once. */
final class Share implements CrossEncoder {

  private final ModelSpec spec;
  private final CrossEncoder encoder;
  private final Runnable giveBack;
  private final AtomicBoolean closed = new AtomicBoolean();

  /**
   * Of a model.
   *
   * @param spec what this user calls it
   */
  Share(ModelSpec spec, CrossEncoder encoder, Runnable giveBack) {
    this.spec = spec;
    this.encoder = encoder;
    this.giveBack = giveBack;
  }

  @Override
  public ModelSpec spec() {
    return spec;
  }

  @Override
  public Scores score(String query, List<String> passages, Deadline deadline) {
    return encoder.score(query, passages, deadline);
  }

  @Override
  public Windows windows(String query, Passage passage, int most) {
    return encoder.windows(query, passage, most);
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      giveBack.run();
    }
  }
}
