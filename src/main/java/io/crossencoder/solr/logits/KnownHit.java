// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.logits;

import io.crossencoder.lucene.Candidate;
import io.crossencoder.model.ModelSpec;
import io.crossencoder.solr.logits.PageLogits.Logit;
import java.util.Optional;
import org.apache.solr.common.util.SimpleOrderedMap;

/**
 * What is known of one hit of a rerank.
 *
 * @param reranked whether it was reranked; none if nobody here knows
 * @param rank its place in the first pass, from 0
 * @param logit none if it is not known here, or was not had
 */
public record KnownHit(Optional<Boolean> reranked, Optional<Integer> rank, Optional<Logit> logit) {

  static final KnownHit NOTHING = new KnownHit(Optional.empty());

  /** What a shard and its coordinator tell of a hit that was not reranked. */
  static final String TAIL = "-";

  /** The same of one that was, when its logit is not known. */
  static final String UNKNOWN_LOGIT = "+";

  static final String WINDOW = "window";

  private KnownHit(Optional<Boolean> reranked) {
    this(reranked, Optional.empty(), Optional.empty());
  }

  /** One of a rescoring. */
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

  /** The same in one word, for a shard or a coordinator. */
  String word() {
    return logit
        .map(l -> rank.orElse(0) + ":" + l.value() + ":" + l.probability() + ":" + l.truncated())
        .orElse(TAIL);
  }

  KnownHit with(Logit scored) {
    return new KnownHit(reranked, rank, Optional.of(scored));
  }

  /**
   * As the transformer writes it.
   *
   * @param window whether the text of the best window is wanted
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
