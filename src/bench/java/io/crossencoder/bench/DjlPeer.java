// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.bench;

import ai.djl.MalformedModelException;
import ai.djl.engine.Engine;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.translator.CrossEncoderTranslator;
import ai.djl.inference.Predictor;
import ai.djl.repository.zoo.Criteria;
import ai.djl.repository.zoo.ModelNotFoundException;
import ai.djl.repository.zoo.ZooModel;
import ai.djl.translate.TranslateException;
import ai.djl.util.StringPair;
import io.crossencoder.model.ModelSpec;
import java.io.IOException;
import java.util.List;

/** DJL's {@code CrossEncoderTranslator}, all pairs in one batch. */
final class DjlPeer implements JvmContender.Scorer {

  static final String NAME = "DJL batch";

  private static final String ENGINE = "OnnxRuntime";

  private final HuggingFaceTokenizer tokenizer;
  private final ZooModel<StringPair, float[]> model;
  private final Predictor<StringPair, float[]> predictor;

  private DjlPeer(ModelSpec spec, int threads)
      throws IOException, ModelNotFoundException, MalformedModelException {
    tokenizer =
        HuggingFaceTokenizer.builder()
            .optTokenizerPath(spec.directory())
            .optTruncation(true)
            // Otherwise the limit in tokenizer.json applies, which is 128 for many models.
            .optMaxLength(spec.maxLength())
            .optPadding(true)
            .build();
    model =
        Criteria.builder()
            .setTypes(StringPair.class, float[].class)
            .optModelPath(spec.onnxFile())
            .optEngine(ENGINE)
            .optOption("intraOpNumThreads", Integer.toString(threads))
            .optOption("interOpNumThreads", "1")
            .optTranslator(
                CrossEncoderTranslator.builder(tokenizer)
                    // BERT models return different logits without token types.
                    .optIncludeTokenTypes(true)
                    .optSigmoid(spec.activation() == ModelSpec.Activation.SIGMOID)
                    .build())
            .build()
            .loadModel();
    predictor = model.newPredictor();
  }

  /**
   * Must be called before any other use of ONNX Runtime, because DJL requires that it creates the
   * environment and a JVM has only one. Sessions do not use the threads that DJL configures here.
   */
  static void makeEnvironment() {
    // By default, DJL reports every start to a server.
    System.setProperty("OPT_OUT_TRACKING", "true");
    System.setProperty("ai.djl.offline", "true");
    System.setProperty("ai.djl.onnxruntime.num_threads", "1");
    System.setProperty("ai.djl.onnxruntime.num_interop_threads", "1");
    Engine.getEngine(ENGINE);
  }

  static Contender contender(ModelSpec spec, int threads) throws Exception {
    return JvmContender.of(new Contender.Id(NAME, threads, true), new DjlPeer(spec, threads));
  }

  @Override
  public float[] score(Request request) throws TranslateException {
    List<StringPair> pairs =
        request.passages().stream()
            .map(passage -> new StringPair(request.query(), passage))
            .toList();
    List<float[]> scores = predictor.batchPredict(pairs);
    float[] logits = new float[scores.size()];
    for (int i = 0; i < logits.length; i++) {
      logits[i] = scores.get(i)[0];
    }
    return logits;
  }

  @Override
  public void close() {
    predictor.close();
    model.close();
    tokenizer.close();
  }
}
