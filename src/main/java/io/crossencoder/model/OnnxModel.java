// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.model;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Owns the native session of one ONNX graph. The only user of ONNX Runtime.
 *
 * <p>Thread-safe: runs go on side by side, each on its caller's thread. {@link #close()} waits for
 * them, so that no memory is freed below a native call.
 */
final class OnnxModel implements AutoCloseable {

  private static final String IDS = "input_ids";
  private static final String MASK = "attention_mask";
  private static final String TYPES = "token_type_ids";
  private static final Set<String> KNOWN_INPUTS = Set.of(IDS, MASK, TYPES);

  private final OrtEnvironment environment;
  private final OrtSession session;
  private final Set<String> inputs;
  private final String output;
  private final NativeGuard guard = new NativeGuard("model");

  private OnnxModel(OrtEnvironment environment, OrtSession session, String output) {
    this.environment = environment;
    this.session = session;
    this.inputs = session.getInputNames();
    this.output = output;
  }

  /**
   * Loads the graph and looks at its inputs and outputs.
   *
   * @throws ModelLoadException if the file is no ONNX graph, or not one of a cross-encoder
   */
  static OnnxModel load(ModelSpec spec) {
    try {
      OrtEnvironment environment = OrtEnvironment.getEnvironment();
      OrtSession session = session(environment, spec);
      try {
        return new OnnxModel(environment, session, outputOf(spec, session));
      } catch (RuntimeException | OrtException e) {
        session.close();
        throw e;
      }
    } catch (OrtException e) {
      throw new ModelLoadException(spec.onnxFile(), "cannot be loaded: " + e.getMessage(), e);
    } catch (LinkageError e) {
      throw NativeFailure.of("ONNX Runtime", e).orElseThrow(() -> e);
    }
  }

  private static OrtSession session(OrtEnvironment environment, ModelSpec spec)
      throws OrtException {
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      // The workers are the threads. More inside a run would spin, and burn a second core for
      // nothing while they wait.
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      options.addConfigEntry("session.intra_op.allow_spinning", "0");
      options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
      // Plans are kept for each shape, and every batch has another.
      options.setMemoryPatternOptimization(false);
      return environment.createSession(spec.onnxFile().toString(), options);
    }
  }

  /** The version of ONNX Runtime, if its jar says one. */
  static Optional<String> libraryVersion() {
    return Optional.ofNullable(OrtEnvironment.class.getPackage().getImplementationVersion());
  }

  private static String outputOf(ModelSpec spec, OrtSession session) throws OrtException {
    Map<String, NodeInfo> graphInputs = session.getInputInfo();
    if (!graphInputs.containsKey(IDS) || !KNOWN_INPUTS.containsAll(graphInputs.keySet())) {
      throw new ModelLoadException(
          spec.onnxFile(),
          "has the inputs "
              + graphInputs.keySet()
              + "; input_ids is needed, and attention_mask"
              + " and token_type_ids can be given");
    }
    for (Map.Entry<String, NodeInfo> input : graphInputs.entrySet()) {
      if (!(input.getValue().getInfo() instanceof TensorInfo info)
          || info.type != OnnxJavaType.INT64) {
        throw new ModelLoadException(
            spec.onnxFile(), "input " + input.getKey() + " is no int64 tensor");
      }
    }
    Map<String, NodeInfo> outputs = session.getOutputInfo();
    String name = outputs.containsKey("logits") ? "logits" : outputs.keySet().iterator().next();
    if (!(outputs.get(name).getInfo() instanceof TensorInfo info)
        || !Logits.isReadable(info.getShape())) {
      throw new ModelLoadException(
          spec.onnxFile(),
          "output "
              + name
              + " is "
              + outputs.get(name).getInfo()
              + "; [batch, 1], [batch] and"
              + " [batch, 2] are understood");
    }
    return name;
  }

  /** For the batches of one request; to be closed when the last of them is through. */
  ScoringJob.Runner runner() {
    try {
      return new Runner(new OrtSession.RunOptions());
    } catch (OrtException e) {
      throw new IllegalStateException("no run could be prepared", e);
    }
  }

  private float[] run(Batch batch, OrtSession.RunOptions options) throws OrtException {
    Map<String, OnnxTensor> tensors = new HashMap<>();
    try {
      for (String input : inputs) {
        tensors.put(input, tensor(input, batch));
      }
      try (OrtSession.Result result = session.run(tensors, Set.of(output), options)) {
        OnnxTensor logits = (OnnxTensor) result.get(0);
        return Logits.read(logits.getFloatBuffer(), logits.getInfo().getShape(), batch.size());
      }
    } finally {
      tensors.values().forEach(OnnxTensor::close);
    }
  }

  private OnnxTensor tensor(String input, Batch batch) throws OrtException {
    int width = batch.width();
    long[] cells = new long[batch.size() * width];
    for (int row = 0; row < batch.size(); row++) {
      Encoding encoding = batch.encodings().get(row);
      int from = row * width;
      int length = encoding.length();
      switch (input) {
        case IDS -> System.arraycopy(encoding.ids(), 0, cells, from, length);
        case TYPES -> System.arraycopy(encoding.typeIds(), 0, cells, from, length);
        default -> Arrays.fill(cells, from, from + length, 1);
      }
    }
    return OnnxTensor.createTensor(
        environment, LongBuffer.wrap(cells), new long[] {batch.size(), width});
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
