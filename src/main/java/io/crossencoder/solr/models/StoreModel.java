// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.models;

import io.crossencoder.model.CrossEncoder;
import io.crossencoder.model.Deadline;
import io.crossencoder.model.ModelSpec;
import io.crossencoder.model.Passage;
import io.crossencoder.model.Scores;
import io.crossencoder.model.Windows;
import io.crossencoder.solr.request.RequestEnd;
import io.crossencoder.solr.request.ThisRequest;
import java.util.List;

/**
 * A model of the store with its users: the store, until it is closed, and each request that uses
 * the model, until the request ends. The last user frees the model. Thread-safe.
 */
final class StoreModel implements CrossEncoder {

  private final ModelEntry entry;
  private final CrossEncoder encoder;
  private int users = 1;

  StoreModel(ModelEntry entry, CrossEncoder encoder) {
    this.entry = entry;
    this.encoder = encoder;
  }

  ModelEntry entry() {
    return entry;
  }

  /**
   * Keeps the model until the request of this thread ends.
   *
   * @return whether the model is still loaded: a cached query can outlive its model
   */
  synchronized boolean hold() {
    if (users > 0
        && ThisRequest.context().filter(kept -> kept.putIfAbsent(this, true) == null).isPresent()) {
      users++;
      RequestEnd.then(this::close);
    }
    return users > 0;
  }

  @Override
  public ModelSpec spec() {
    return encoder.spec();
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
  public synchronized void close() {
    if (--users == 0) {
      encoder.close();
    }
  }
}
