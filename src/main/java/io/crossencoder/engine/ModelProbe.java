// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.engine;

import io.crossencoder.engine.batch.Batch;
import io.crossencoder.engine.batch.ScoringJob;
import io.crossencoder.engine.batch.Throughput;
import io.crossencoder.engine.onnx.OnnxModel;
import io.crossencoder.engine.tokens.Encoding;
import io.crossencoder.engine.tokens.PairTokenizer;
import io.crossencoder.model.ModelLoadException;
import io.crossencoder.model.ModelSpec;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Tries a model before it is used, so that what is wrong with it shows at load. */
final class ModelProbe {

  private static final String QUERY = "vietnam war";
  private static final String PASSAGE = "Apocalypse Now\n\nA captain is sent up the river.";

  /** As long a pair is tried: most models read no more, and of the others it would cost much. */
  private static final int MAX_TOKENS = 512;

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
   * @throws ModelLoadException if it cannot be done, or gives what is no number
   */
  static void run(ModelSpec spec, PairTokenizer tokenizer, OnnxModel model, Throughput throughput) {
    ModelProbe probe = new ModelProbe(spec, model);
    // Of two lengths, so that padding and the attention mask, if any, have their part in it.
    List<Encoding> pairs = List.of(tokenizer.encode(QUERY, ""), tokenizer.encode(QUERY, PASSAGE));
    List<Encoding> run = model.onePair() ? pairs.subList(1, 2) : pairs;
    long start = System.nanoTime();
    float[] logits = probe.logits("cannot score a pair", run);
    throughput.ran(run.size() * pairs.get(1).length(), System.nanoTime() - start);
    for (float logit : logits) {
      if (!Float.isFinite(logit)) {
        throw new ModelLoadException(spec.onnxFile(), "cannot score a pair: it gave " + logit);
      }
    }
    long id = tokenizer.highestId();
    probe.logits(
        "has no embedding for the highest token id of tokenizer.json, " + id,
        List.of(filled(id, 2)));
    int length = Math.min(spec.maxLength(), MAX_TOKENS);
    probe.logits(
        "cannot read " + length + " tokens; maxLength may be set to fewer",
        List.of(filled(id, length)));
  }

  private static Encoding filled(long id, int length) {
    long[] ids = new long[length];
    Arrays.fill(ids, id);
    return new Encoding(ids, new long[length], false);
  }

  private float[] logits(String complaint, List<Encoding> encodings) {
    ScoringJob.Runner runner = model.runner();
    try {
      int[] pairs = IntStream.range(0, encodings.size()).toArray();
      return runner.run(new Batch(pairs, encodings));
    } catch (Exception e) {
      throw new ModelLoadException(spec.onnxFile(), complaint + ": " + e.getMessage(), e);
    } finally {
      runner.close();
    }
  }
}
