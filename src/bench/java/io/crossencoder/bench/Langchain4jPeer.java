// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.bench;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.scoring.onnx.OnnxScoringModel;
import io.crossencoder.model.ModelSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** langchain4j's {@code OnnxScoringModel}, all pairs in one call. */
final class Langchain4jPeer implements JvmContender.Scorer {

  static final String NAME = "langchain4j scoreAll";

  /** Its limit is two tokens below the configured value. */
  private static final int LIMIT_OFFSET = 2;

  private final OnnxScoringModel model;

  private Langchain4jPeer(ModelSpec spec, int threads) throws OrtException, IOException {
    OrtSession.SessionOptions options = new OrtSession.SessionOptions();
    options.setIntraOpNumThreads(threads);
    options.setInterOpNumThreads(1);
    Path tokenizer = withoutTruncation(spec.directory().resolve("tokenizer.json"));
    try {
      model =
          new OnnxScoringModel(
              spec.onnxFile().toString(),
              options,
              tokenizer.toString(),
              spec.maxLength() + LIMIT_OFFSET,
              spec.activation() == ModelSpec.Activation.SIGMOID);
    } finally {
      Files.delete(tokenizer);
    }
  }

  static Contender contender(ModelSpec spec, int threads) throws Exception {
    return JvmContender.of(
        new Contender.Id(NAME, threads, true), new Langchain4jPeer(spec, threads));
  }

  /**
   * Copies tokenizer.json without its limit, because langchain4j has no option to change the limit.
   */
  private static Path withoutTruncation(Path file) throws IOException {
    ObjectMapper json = new ObjectMapper();
    ObjectNode content = (ObjectNode) json.readTree(file.toFile());
    content.putNull("truncation").putNull("padding");
    Path copy = Files.createTempFile("tokenizer", ".json");
    json.writeValue(copy.toFile(), content);
    return copy;
  }

  @Override
  public float[] score(Request request) {
    List<TextSegment> segments = request.passages().stream().map(TextSegment::from).toList();
    List<Double> scores = model.scoreAll(segments, request.query()).content();
    float[] logits = new float[scores.size()];
    for (int i = 0; i < logits.length; i++) {
      logits[i] = scores.get(i).floatValue();
    }
    return logits;
  }

  @Override
  public void close() {
    model.close();
  }
}
