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
 * Tries a model before it is used, so that what is wrong with it shows at load, and so that its
 * scores are of a pair alone: a model that fails this in batches is not run in batches.
 */
final class ModelProbe {

  private static final String QUERY = "vietnam war";
  private static final String PASSAGE = "Apocalypse Now\n\nA captain is sent up the river.";

  /** As long a pair is tried: most models read no more, and of the others it would cost much. */
  private static final int MAX_TOKENS = 512;

  /** Vocabularies are padded to a multiple of this, for the sake of GPUs. */
  private static final long PADDING = 128;

  private static final Logger LOG = LoggerFactory.getLogger(ModelProbe.class);

  private final ModelSpec spec;
  private final OnnxModel model;

  private ModelProbe(ModelSpec spec, OnnxModel model) {
    this.spec = spec;
    this.model = model;
  }

  /**
   * On the loading thread, for the queue of the workers may be full: scores pairs, and runs what
   * only few texts would be: a long pair, and the last of the tokens.
   *
   * @param throughput is told how long it took
   * @return why each pair has to be run alone; empty if batches give the same scores
   * @throws ModelLoadException if it cannot be done, or gives what is not a number
   */
  static Optional<String> run(
      ModelSpec spec, PairTokenizer tokenizer, OnnxModel model, Throughput throughput) {
    ModelProbe probe = new ModelProbe(spec, model);
    // Of three lengths, so that padding and the attention mask have their part in it.
    List<Encoding> pairs =
        Stream.of("", "Platoon", PASSAGE).map(passage -> tokenizer.encode(QUERY, passage)).toList();
    float[] scores = new float[pairs.size()];
    for (int i = 0; i < scores.length; i++) {
      long start = System.nanoTime();
      scores[i] = probe.scores("cannot score a pair", pairs.subList(i, i + 1))[0];
      int length = pairs.get(i).length();
      throughput.ran(length, length, System.nanoTime() - start);
      if (!Float.isFinite(scores[i])) {
        throw new ModelLoadException(spec.onnxFile(), "cannot score a pair: it gave " + scores[i]);
      }
    }
    long id = tokenizer.highestId();
    probe.scores(
        "has no embedding for the highest token id of tokenizer.json, " + id,
        List.of(filled(id, 2)));
    probe.compareVocabularies(id + 1);
    int longest = Math.min(spec.maxLength(), MAX_TOKENS);
    probe.scores(
        "cannot read " + longest + " tokens; maxLength may be set to fewer",
        List.of(filled(id, longest)));
    return model.whyAlone().or(() -> probe.padding(pairs, scores));
  }

  /** Decoders may read the score off the last place: then the padding has to stand before. */
  private Optional<String> padding(List<Encoding> pairs, float[] alone) {
    Optional<String> right = difference(pairs, alone);
    if (right.isEmpty() || !model.padLeft(true)) {
      return right;
    }
    boolean isLeft = difference(pairs, alone).isEmpty();
    model.padLeft(isLeft);
    return isLeft ? Optional.empty() : right;
  }

  /** Embeddings without a token are padding, or the tokenizer is that of another model. */
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

  /** What others in the same run, and padding, make of the scores that pairs have alone. */
  private Optional<String> difference(List<Encoding> pairs, float[] alone) {
    float[] together = scores("cannot score a batch", pairs);
    double largest = 0;
    for (int i = 0; i < alone.length; i++) {
      double difference = Math.abs(alone[i] - together[i]) / Math.max(1, Math.abs(alone[i]));
      // Not a number is as far off as can be.
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
