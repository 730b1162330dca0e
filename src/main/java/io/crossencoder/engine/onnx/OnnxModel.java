// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.engine.onnx;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.crossencoder.engine.batch.Runner;
import io.crossencoder.engine.modules.ModularHead;
import io.crossencoder.engine.natives.NativeFailure;
import io.crossencoder.engine.natives.NativeGuard;
import io.crossencoder.engine.onnx.OnnxSessions.Opened;
import io.crossencoder.engine.tokens.Encoding;
import io.crossencoder.model.ExecutionProvider;
import io.crossencoder.model.ModelLoadException;
import io.crossencoder.model.ModelSpec;
import io.crossencoder.model.ModelSpec.Activation;
import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Owns the native session of one ONNX model.
 *
 * <p>Thread-safe: batches run concurrently, each on its caller's thread. {@link #close()} waits for
 * them, so that no memory is freed during a native call.
 */
public final class OnnxModel implements AutoCloseable {

  /** Difference between two orders of the same summation, relative to the score. */
  private static final double FLOAT_NOISE = 1e-4;

  /** The difference with 11-bit precision, or on a GPU that uses reduced precision. */
  private static final double HALF_NOISE = 1e-2;

  private final OrtEnvironment environment;
  private final OrtSession session;
  private final OnnxSignature signature;
  private final ExecutionProvider provider;
  private final Optional<ModularHead> head;
  private final ModelSpec.Input input;
  private final Activation activation;
  private final GraphFacts facts;
  private final NativeGuard guard = new NativeGuard("model");

  /** Set only while the model is being loaded. */
  private volatile boolean padsLeft;

  private OnnxModel(
      OrtEnvironment environment,
      Opened opened,
      OnnxSignature signature,
      Optional<ModularHead> head,
      ModelSpec spec) {
    this.environment = environment;
    this.session = opened.session();
    this.provider = opened.provider();
    this.signature = signature;
    this.head = signature.needsHead() ? head : Optional.empty();
    this.input = spec.input();
    this.facts = GraphFacts.of(spec.onnxFile());
    this.activation = spec.activation();
  }

  /**
   * Loads the ONNX model and checks its inputs and outputs.
   *
   * @param spec ONNX file and execution provider
   * @return the model; to be closed by the caller
   * @throws ModelLoadException if the file is not an ONNX model, or not a cross-encoder
   */
  public static OnnxModel load(ModelSpec spec) {
    try {
      OrtEnvironment environment = OnnxEnvironment.get();
      Optional<ModularHead> head = ModularHead.read(spec.directory());
      Opened opened = OnnxSessions.open(environment, spec);
      try {
        OnnxSignature signature = OnnxSignature.of(spec.onnxFile(), opened.session(), head);
        return new OnnxModel(environment, opened, signature, head, spec);
      } catch (RuntimeException | Error | OrtException e) {
        opened.session().close();
        throw e;
      }
    } catch (OrtException e) {
      throw new ModelLoadException(spec.onnxFile(), "cannot be loaded: " + e.getMessage(), e);
    } catch (LinkageError e) {
      throw NativeFailure.of("ONNX Runtime", e).orElseThrow(() -> e);
    }
  }

  /** {@return the version of ONNX Runtime, if its JAR contains one} */
  public static Optional<String> libraryVersion() {
    return Optional.ofNullable(OrtEnvironment.class.getPackage().getImplementationVersion());
  }

  /** {@return the execution provider that runs the model} */
  public ExecutionProvider provider() {
    return provider;
  }

  /**
   * {@return the reason in the ONNX file to run each pair alone; if empty, a test of the scores can
   * still find one}
   */
  public Optional<String> whyAlone() {
    if (signature.onePair()) {
      return Optional.of("the ONNX model accepts one pair");
    }
    return facts.dynamicallyQuantized().isEmpty()
        ? Optional.empty()
        : Optional.of("the ONNX model contains " + String.join(", ", facts.dynamicallyQuantized()));
  }

  /**
   * Sets the side of the padding, before the first request.
   *
   * @param left whether to pad on the left, for decoders that compute the score from the last
   *     position
   * @return whether padding is on the left now; it is not if modules read the first position
   */
  public boolean padLeft(boolean left) {
    padsLeft = left && head.isEmpty();
    return padsLeft;
  }

  /** {@return number of token embeddings; empty if unknown} */
  public OptionalLong tokens() {
    return facts.tokens();
  }

  /**
   * {@return maximum difference between the scores of a pair in different batches, relative to
   * scores above 1}
   */
  public double noise() {
    return facts.isHalf() || provider != ExecutionProvider.CPU ? HALF_NOISE : FLOAT_NOISE;
  }

  /** {@return a runner for one request; to be closed after its last run} */
  public Runner runner() {
    try {
      return new Runs(new OrtSession.RunOptions());
    } catch (OrtException e) {
      throw new IllegalStateException("cannot prepare a run", e);
    }
  }

  private float[] run(List<Encoding> pairs, OrtSession.RunOptions options) throws OrtException {
    PairTensors cells = new PairTensors(pairs, input, padsLeft);
    Map<String, OnnxTensor> tensors = new HashMap<>();
    try {
      for (Map.Entry<String, OnnxJavaType> each : signature.inputs().entrySet()) {
        tensors.put(each.getKey(), cells.tensor(environment, each.getKey(), each.getValue()));
      }
      Set<String> wanted = Set.of(signature.output());
      try (OrtSession.Result result = session.run(tensors, wanted, options)) {
        OnnxTensor output = (OnnxTensor) result.get(0);
        float[] scores = logits(output.getFloatBuffer(), output.getInfo().getShape(), pairs);
        for (int i = 0; i < scores.length; i++) {
          scores[i] = activation.apply(scores[i]);
        }
        return scores;
      }
    } finally {
      tensors.values().forEach(OnnxTensor::close);
    }
  }

  private float[] logits(FloatBuffer output, long[] shape, List<Encoding> pairs) {
    if (head.isEmpty()) {
      return Logits.read(output, shape, pairs.size());
    }
    int[] lengths = pairs.stream().mapToInt(Encoding::length).toArray();
    float[] scores = head.get().scores(output, shape, lengths);
    long[] shapeOfScores = {pairs.size(), head.get().labels()};
    return Logits.read(FloatBuffer.wrap(scores), shapeOfScores, pairs.size());
  }

  @Override
  public void close() {
    try {
      guard.close(
          () -> {
            session.close();
            return null;
          });
    } catch (OrtException e) {
      throw new IllegalStateException("cannot close the session", e);
    }
  }

  /** Runs on the caller's thread; can be canceled from another thread. */
  private final class Runs implements Runner {

    private final OrtSession.RunOptions options;

    Runs(OrtSession.RunOptions options) {
      this.options = options;
    }

    @Override
    public float[] run(List<Encoding> pairs) throws OrtException {
      return guard.use(() -> OnnxModel.this.run(pairs, options));
    }

    @Override
    public void cancel() {
      try {
        options.setTerminate(true);
      } catch (OrtException e) {
        throw new IllegalStateException("cannot stop the run", e);
      }
    }

    @Override
    public void close() {
      options.close();
    }
  }
}
