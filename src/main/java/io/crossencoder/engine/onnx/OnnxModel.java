// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.engine.onnx;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.crossencoder.engine.batch.Batch;
import io.crossencoder.engine.batch.ScoringJob;
import io.crossencoder.engine.modules.ModularHead;
import io.crossencoder.engine.natives.NativeFailure;
import io.crossencoder.engine.natives.NativeGuard;
import io.crossencoder.engine.onnx.OnnxSessions.Opened;
import io.crossencoder.engine.tokens.Encoding;
import io.crossencoder.model.ExecutionProvider;
import io.crossencoder.model.ModelLoadException;
import io.crossencoder.model.ModelSpec;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Owns the native session of one ONNX graph. With {@link OnnxSessions} and {@link OnnxSignature}
 * the only user of ONNX Runtime.
 *
 * <p>Thread-safe: runs go on side by side, each on its caller's thread. {@link #close()} waits for
 * them, so that no memory is freed below a native call.
 */
public final class OnnxModel implements AutoCloseable {

  private final OrtEnvironment environment;
  private final OrtSession session;
  private final OnnxSignature signature;
  private final ExecutionProvider provider;
  private final Optional<ModularHead> head;
  private final int padId;
  private final NativeGuard guard = new NativeGuard("model");

  private OnnxModel(
      OrtEnvironment environment,
      Opened opened,
      OnnxSignature signature,
      Optional<ModularHead> head,
      int padId) {
    this.environment = environment;
    this.session = opened.session();
    this.provider = opened.provider();
    this.signature = signature;
    this.head = signature.needsHead() ? head : Optional.empty();
    this.padId = padId;
  }

  /**
   * Loads the graph and looks at its inputs and outputs.
   *
   * @throws ModelLoadException if the file is no ONNX graph, or not one of a cross-encoder
   */
  public static OnnxModel load(ModelSpec spec) {
    try {
      OrtEnvironment environment = OrtEnvironment.getEnvironment();
      Optional<ModularHead> head = ModularHead.read(spec.directory());
      Opened opened = OnnxSessions.open(environment, spec);
      try {
        OnnxSignature signature = OnnxSignature.of(spec.onnxFile(), opened.session(), head);
        return new OnnxModel(environment, opened, signature, head, spec.padId());
      } catch (RuntimeException | OrtException e) {
        opened.session().close();
        throw e;
      }
    } catch (OrtException e) {
      throw new ModelLoadException(spec.onnxFile(), "cannot be loaded: " + e.getMessage(), e);
    } catch (LinkageError e) {
      throw NativeFailure.of("ONNX Runtime", e).orElseThrow(() -> e);
    }
  }

  /** The version of ONNX Runtime, if its jar says one. */
  public static Optional<String> libraryVersion() {
    return Optional.ofNullable(OrtEnvironment.class.getPackage().getImplementationVersion());
  }

  /** What computes it. */
  public ExecutionProvider provider() {
    return provider;
  }

  /** Whether it runs one pair at a time, unpadded, because its graph takes no more. */
  public boolean onePair() {
    return signature.onePair();
  }

  /** For the batches of one request; to be closed when the last of them is through. */
  public ScoringJob.Runner runner() {
    try {
      return new Runner(new OrtSession.RunOptions());
    } catch (OrtException e) {
      throw new IllegalStateException("no run could be prepared", e);
    }
  }

  private float[] run(Batch batch, OrtSession.RunOptions options) throws OrtException {
    Map<String, OnnxTensor> tensors = new HashMap<>();
    try {
      for (Map.Entry<String, OnnxJavaType> input : signature.inputs().entrySet()) {
        tensors.put(input.getKey(), tensor(input.getKey(), input.getValue(), batch));
      }
      Set<String> wanted = Set.of(signature.output());
      try (OrtSession.Result result = session.run(tensors, wanted, options)) {
        OnnxTensor output = (OnnxTensor) result.get(0);
        return logits(output.getFloatBuffer(), output.getInfo().getShape(), batch);
      }
    } finally {
      tensors.values().forEach(OnnxTensor::close);
    }
  }

  private float[] logits(FloatBuffer output, long[] shape, Batch batch) {
    if (head.isEmpty()) {
      return Logits.read(output, shape, batch.size());
    }
    int[] lengths = batch.encodings().stream().mapToInt(Encoding::length).toArray();
    float[] scores = head.get().scores(output, shape, lengths);
    long[] shapeOfScores = {batch.size(), head.get().labels()};
    return Logits.read(FloatBuffer.wrap(scores), shapeOfScores, batch.size());
  }

  private OnnxTensor tensor(String input, OnnxJavaType type, Batch batch) throws OrtException {
    int width = batch.width();
    long[] cells = new long[batch.size() * width];
    if (input.equals(OnnxSignature.IDS) && padId != 0) {
      // Some models number their positions by where the padding is.
      Arrays.fill(cells, padId);
    }
    for (int row = 0; row < batch.size(); row++) {
      Encoding encoding = batch.encodings().get(row);
      int from = row * width;
      int length = encoding.length();
      switch (input) {
        case OnnxSignature.IDS -> System.arraycopy(encoding.ids(), 0, cells, from, length);
        case OnnxSignature.TYPES -> System.arraycopy(encoding.typeIds(), 0, cells, from, length);
        default -> Arrays.fill(cells, from, from + length, 1);
      }
    }
    long[] shape = {batch.size(), width};
    return type == OnnxJavaType.INT32
        ? OnnxTensor.createTensor(environment, narrow(cells), shape)
        : OnnxTensor.createTensor(environment, LongBuffer.wrap(cells), shape);
  }

  private static IntBuffer narrow(long[] cells) {
    return IntBuffer.wrap(Arrays.stream(cells).mapToInt(Math::toIntExact).toArray());
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
      throw new IllegalStateException("the session could not be closed", e);
    }
  }

  /** Runs on the caller's thread; may be cancelled from another. */
  private final class Runner implements ScoringJob.Runner {

    private final OrtSession.RunOptions options;

    Runner(OrtSession.RunOptions options) {
      this.options = options;
    }

    @Override
    public float[] run(Batch batch) throws OrtException {
      return guard.use(() -> OnnxModel.this.run(batch, options));
    }

    @Override
    public void cancel() {
      try {
        options.setTerminate(true);
      } catch (OrtException e) {
        throw new IllegalStateException("the run could not be stopped", e);
      }
    }

    @Override
    public void close() {
      options.close();
    }
  }
}
