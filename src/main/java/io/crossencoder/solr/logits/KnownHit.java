// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.logits;

import io.crossencoder.lucene.Candidate;
import io.crossencoder.model.ModelSpec;
import io.crossencoder.solr.logits.PageLogits.Logit;
import java.util.Optional;
import org.apache.solr.common.util.SimpleOrderedMap;

/**
 * The known results of one reranked hit.
 *
 * @param reranked whether it was reranked; none if unknown
 * @param rank rank in the first pass, from 0
 * @param logit none if unknown or not computed
 */
public record KnownHit(Optional<Boolean> reranked, Optional<Integer> rank, Optional<Logit> logit) {

  static final KnownHit NOTHING = new KnownHit(Optional.empty());

  /** Code of a hit that was not reranked, in messages between shard and coordinator. */
  static final String TAIL = "-";

  /** Code of a reranked hit without a known logit. */
  static final String UNKNOWN_LOGIT = "+";

  static final String WINDOW = "window";

  private KnownHit(Optional<Boolean> reranked) {
    this(reranked, Optional.empty(), Optional.empty());
  }

  /** The results of a rescored candidate. */
  static KnownHit of(Candidate candidate, ModelSpec model) {
    return new KnownHit(
        Optional.of(candidate.isScored()),
        Optional.of(candidate.firstPassRank()),
        Optional.of(candidate)
            .filter(Candidate::isScored)
            .map(c -> new Logit(c.logit(), model.probability(c.logit()), c.truncated(), "")));
  }

  static KnownHit read(String word) {
    String[] parts = word.split(":", -1);
    return parts.length < 4
        ? new KnownHit(Optional.of(!word.equals(TAIL)))
        : new KnownHit(
            Optional.of(true),
            Optional.of(Integer.valueOf(parts[0])),
            Optional.of(
                new Logit(
                    Float.parseFloat(parts[1]),
                    Double.parseDouble(parts[2]),
                    Boolean.parseBoolean(parts[3]),
                    "")));
  }

  /** Code for a shard or a coordinator. */
  String word() {
    return logit
        .map(l -> rank.orElse(0) + ":" + l.value() + ":" + l.probability() + ":" + l.truncated())
        .orElse(TAIL);
  }

  KnownHit with(Logit scored) {
    return new KnownHit(reranked, rank, Optional.of(scored));
  }

  /**
   * The value that the transformer returns.
   *
   * @param window whether to include the text of the highest-scoring window
   */
  SimpleOrderedMap<Object> written(boolean window) {
    SimpleOrderedMap<Object> out = new SimpleOrderedMap<>();
    logit.ifPresent(
        known -> {
          out.add("logit", known.value());
          out.add("probability", (float) known.probability());
        });
    rank.ifPresent(place -> out.add("firstPassRank", place + 1));
    reranked.ifPresent(yes -> out.add("reranked", yes));
    logit.ifPresent(known -> out.add("truncated", known.truncated()));
    logit.filter(known -> window).ifPresent(known -> out.add(WINDOW, known.window()));
    return out;
  }
}
