// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.lucene;

import io.crossencoder.model.CrossEncoder;
import io.crossencoder.model.Deadline;
import io.crossencoder.model.Execution;
import io.crossencoder.model.ModelSpec;
import io.crossencoder.model.ModelSpec.Activation;
import io.crossencoder.model.PairTemplate;
import io.crossencoder.model.Passage;
import io.crossencoder.model.Scores;
import io.crossencoder.model.Scores.Outcome;
import io.crossencoder.model.Windows;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** A model that scores passages with a function, and records the calls. */
final class FakeEncoder implements CrossEncoder {

  private final ToDoubleFunction<String> logitOf;
  private final List<String> asked = new ArrayList<>();

  /** A passage for which the function returns NaN counts as not scored in time. */
  FakeEncoder(ToDoubleFunction<String> logitOf) {
    this.logitOf = logitOf;
  }

  /** All passages so far, in the order of the calls. */
  List<String> asked() {
    return asked;
  }

  @Override
  public ModelSpec spec() {
    Path path = Path.of("fake");
    Execution execution = Execution.DEFAULT;
    return new ModelSpec(
        "fake",
        path,
        path,
        0,
        new ModelSpec.Input(512, 512, 0, 0, PairTemplate.NONE),
        Activation.IDENTITY,
        "f",
        execution,
        execution.provider(),
        Optional.empty());
  }

  @Override
  public Scores score(String query, List<String> passages, Deadline deadline) {
    asked.addAll(passages);
    float[] logits = new float[passages.size()];
    int scored = 0;
    for (int i = 0; i < logits.length; i++) {
      logits[i] = (float) logitOf.applyAsDouble(passages.get(i));
      scored += Float.isNaN(logits[i]) ? 0 : 1;
    }
    Outcome outcome = scored == logits.length ? Outcome.COMPLETE : Outcome.PARTIAL;
    boolean[] truncated = new boolean[logits.length];
    return new Scores(
        logits, truncated, passages, new Scores.Work(0, 0, 0, 0, 0, 0), outcome, Optional.empty());
  }

  @Override
  public Windows windows(String query, Passage passage, int most) {
    return new Windows(List.of(passage.whole()), false);
  }

  @Override
  public void close() {}
}
