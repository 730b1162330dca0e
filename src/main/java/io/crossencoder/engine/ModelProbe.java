// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.engine;

import io.crossencoder.engine.batch.Runner;
import io.crossencoder.engine.batch.Throughput;
import io.crossencoder.engine.onnx.OnnxModel;
import io.crossencoder.engine.tokens.Encoding;
import io.crossencoder.engine.tokens.PairTokenizer;
import io.crossencoder.model.ModelLoadException;
import io.crossencoder.model.ModelSpec;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tests a model at load. Errors are reported before the first request. If the scores of pairs
 * differ in batches, each pair is run alone.
 */
final class ModelProbe {

  private static final String QUERY = "vietnam war";
  private static final String PASSAGE = "Apocalypse Now\n\nA captain is sent up the river.";

  /**
   * Length of the longest tested pair. Most models have no higher limit; longer pairs would take
   * long.
   */
  private static final int MAX_TOKENS = 512;

  /** Vocabularies are padded to a multiple of this number for GPUs. */
  private static final long PADDING = 128;

  private static final Logger LOG = LoggerFactory.getLogger(ModelProbe.class);

  private final ModelSpec spec;
  private final OnnxModel model;

  private ModelProbe(ModelSpec spec, OnnxModel model) {
    this.spec = spec;
    this.model = model;
  }

  /**
   * Runs a short batch, a long pair and the highest token id. Runs on the loading thread, because
   * the queue of the workers can be full.
   *
   * @param throughput receives the time of the runs
   * @return the reason to run each pair alone; empty if batches have the same scores
   * @throws ModelLoadException if a run fails, returns a value that is not a number, or returns
   *     another value when it is repeated
   */
  static Optional<String> run(
      ModelSpec spec, PairTokenizer tokenizer, OnnxModel model, Throughput throughput) {
    ModelProbe probe = new ModelProbe(spec, model);
    // Of three lengths, so that padding and attention mask are tested, too.
    List<Encoding> pairs =
        Stream.of("", "Platoon", PASSAGE).map(passage -> tokenizer.encode(QUERY, passage)).toList();
    float[] scores = new float[pairs.size()];
    for (int i = 0; i < scores.length; i++) {
      long start = System.nanoTime();
      scores[i] = probe.scores("cannot score a pair", pairs.subList(i, i + 1))[0];
      int length = pairs.get(i).length();
      throughput.ran(length, length, System.nanoTime() - start);
      if (!Float.isFinite(scores[i])) {
        throw new ModelLoadException(
            spec.onnxFile(), "cannot score a pair: the score is not a finite number");
      }
      probe.requireSameAgain(pairs.get(i), scores[i]);
    }
    long id = tokenizer.highestId();
    probe.scores(
        "has no embedding for the highest token id of tokenizer.json, " + id,
        List.of(filled(id, 2)));
    probe.compareVocabularies(id + 1);
    int longest = Math.min(spec.maxLength(), MAX_TOKENS);
    probe.scores(
        "cannot process " + longest + " tokens; set a lower maxLength",
        List.of(filled(id, longest)));
    return model.whyAlone().or(() -> probe.padding(pairs, scores));
  }

  /** An export in training mode contains dropout: each run has other scores. */
  private void requireSameAgain(Encoding pair, float score) {
    float again = scores("cannot score a pair", List.of(pair))[0];
    // The negation is also true for NaN.
    if (!(Math.abs(again - score) <= model.noise() * Math.max(1, Math.abs(score)))) {
      throw new ModelLoadException(
          spec.onnxFile(),
          "scores the same pair with "
              + score
              + " and then with "
              + again
              + ": it contains a random operator, such as a dropout in training mode. Export the"
              + " model after model.eval()");
    }
  }

  /**
   * Some decoders compute the score from the last position and therefore need padding on the left.
   */
  private Optional<String> padding(List<Encoding> pairs, float[] alone) {
    Optional<String> right = difference(pairs, alone);
    if (right.isEmpty() || !model.padLeft(true)) {
      return right;
    }
    boolean isLeft = difference(pairs, alone).isEmpty();
    model.padLeft(isLeft);
    return isLeft ? Optional.empty() : right;
  }

  /** More embeddings than tokens are padding, or the tokenizer belongs to another model. */
  private void compareVocabularies(long tokens) {
    long padded = (tokens + PADDING - 1) / PADDING * PADDING;
    if (model.tokens().orElse(0) > padded) {
      LOG.warn(
          "{}: tokenizer.json has {} tokens, but the model has embeddings for {}; the tokenizer may"
              + " belong to another model",
          spec.onnxFile(),
          tokens,
          model.tokens().getAsLong());
    }
  }

  /** Compares the scores of a padded batch with the scores of the pairs alone. */
  private Optional<String> difference(List<Encoding> pairs, float[] alone) {
    float[] together = scores("cannot score a batch", pairs);
    double largest = 0;
    for (int i = 0; i < alone.length; i++) {
      double difference = Math.abs(alone[i] - together[i]) / Math.max(1, Math.abs(alone[i]));
      // NaN counts as the largest difference.
      largest = Double.isNaN(difference) ? Double.POSITIVE_INFINITY : Math.max(largest, difference);
    }
    return largest <= model.noise()
        ? Optional.empty()
        : Optional.of(
            String.format(Locale.ROOT, "in a batch the score of a pair changes by %.2g", largest));
  }

  private static Encoding filled(long id, int length) {
    long[] ids = new long[length];
    Arrays.fill(ids, id);
    return new Encoding(ids, new long[length], false);
  }

  private float[] scores(String complaint, List<Encoding> pairs) {
    Runner runner = model.runner();
    try {
      return runner.run(pairs);
    } catch (Exception e) {
      throw new ModelLoadException(spec.onnxFile(), complaint + ": " + e.getMessage(), e);
    } finally {
      runner.close();
    }
  }
}
