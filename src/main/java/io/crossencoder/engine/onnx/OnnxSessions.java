// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.engine.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtProvider;
import ai.onnxruntime.OrtSession;
import io.crossencoder.model.ExecutionProvider;
import io.crossencoder.model.ModelLoadException;
import io.crossencoder.model.ModelSpec;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens native sessions on the requested execution provider. */
final class OnnxSessions {

  private static final Logger LOG = LoggerFactory.getLogger(OnnxSessions.class);

  private OnnxSessions() {}

  /**
   * A session and its execution provider.
   *
   * @param session to be closed by the caller
   */
  record Opened(OrtSession session, ExecutionProvider provider) {}

  /**
   * Opens a session.
   *
   * @throws ModelLoadException if the provider cannot run the model and the fallback is off
   * @throws OrtException if the CPU cannot run it
   */
  static Opened open(OrtEnvironment environment, ModelSpec spec) throws OrtException {
    ExecutionProvider provider = spec.execution().provider();
    if (provider == ExecutionProvider.CPU) {
      return new Opened(session(environment, spec, ExecutionProvider.CPU), ExecutionProvider.CPU);
    }
    String reason;
    if (available().contains(provider.id())) {
      try {
        return new Opened(session(environment, spec, provider), provider);
      } catch (OrtException e) {
        reason = e.getMessage();
      }
    } else {
      reason = "this ONNX Runtime supports " + String.join(", ", available());
    }
    if (!spec.execution().fallback()) {
      throw new ModelLoadException(
          spec.onnxFile(), "cannot run on execution provider " + provider.id() + ": " + reason);
    }
    LOG.warn(
        "{}: cannot run on execution provider {} ({}); using the CPU instead",
        spec.onnxFile(),
        provider.id(),
        reason);
    return new Opened(session(environment, spec, ExecutionProvider.CPU), ExecutionProvider.CPU);
  }

  /** The execution providers in this ONNX Runtime, by our names if possible. */
  static List<String> available() {
    return OrtEnvironment.getAvailableProviders().stream().map(OnnxSessions::id).sorted().toList();
  }

  private static String id(OrtProvider provider) {
    return provider.name().toLowerCase(Locale.ROOT).replace("_", "");
  }

  private static OrtSession session(
      OrtEnvironment environment, ModelSpec spec, ExecutionProvider provider) throws OrtException {
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      // Each worker runs one batch, so more threads inside a run would only spin and use a second
      // core while they wait.
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      options.addConfigEntry("session.intra_op.allow_spinning", "0");
      // Some graphs declare the batch size of their export: ONNX Runtime would print a warning for
      // every run.
      options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
      options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
      // Without an arena, the buffers of long pairs are allocated and freed in every layer: a
      // quarter of the CPU time at 512 tokens. An arena has one lock, on which workers would wait;
      // with a memory plan per shape, a run allocates one block instead of hundreds. There are few
      // shapes: pairs per batch × tokens.
      options.setCPUArenaAllocator(true);
      // DirectML does not support memory plans.
      options.setMemoryPatternOptimization(provider != ExecutionProvider.DIRECTML);
      add(options, provider, spec.execution().deviceId());
      return environment.createSession(spec.onnxFile().toString(), options);
    }
  }

  private static void add(OrtSession.SessionOptions options, ExecutionProvider provider, int device)
      throws OrtException {
    switch (provider) {
      case CPU -> {
        // The CPU provider is always the last one.
      }
      case CUDA -> options.addCUDA(device);
      case TENSORRT -> {
        options.addTensorrt(device);
        // For the operators that TensorRT does not support.
        options.addCUDA(device);
      }
      case ROCM -> options.addROCM(device);
      case DIRECTML -> options.addDirectML(device);
      case COREML -> options.addCoreML(Map.of());
      case OPENVINO -> options.addOpenVINO("CPU");
      case DNNL -> options.addDnnl(true);
      case XNNPACK -> options.addXnnpack(Map.of("intra_op_num_threads", "1"));
    }
  }
}
