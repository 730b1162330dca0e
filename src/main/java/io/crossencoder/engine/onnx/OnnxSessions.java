// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.engine.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
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

/** Opens native sessions with the provider that was asked for. */
final class OnnxSessions {

  private static final Logger LOG = LoggerFactory.getLogger(OnnxSessions.class);

  private OnnxSessions() {}

  /**
   * A session and what computes it.
   *
   * @param session to be closed by the one who asked
   */
  record Opened(OrtSession session, ExecutionProvider provider) {}

  /**
   * Loads the graph.
   *
   * @throws ModelLoadException if the provider cannot do it and the CPU may not
   * @throws OrtException if the CPU cannot
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
      reason = "this ONNX Runtime has " + String.join(", ", available());
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

  /** What this ONNX Runtime was built with, by our names where there are any. */
  static List<String> available() {
    return OrtEnvironment.getAvailableProviders().stream().map(OnnxSessions::id).sorted().toList();
  }

  private static String id(OrtProvider provider) {
    return provider.name().toLowerCase(Locale.ROOT).replace("_", "");
  }

  private static OrtSession session(
      OrtEnvironment environment, ModelSpec spec, ExecutionProvider provider) throws OrtException {
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      // The workers are the threads. More inside a run would spin, and burn a second core for
      // nothing while they wait.
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      options.addConfigEntry("session.intra_op.allow_spinning", "0");
      options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
      // Without an arena a long pair's buffers are asked from the system and given back in every
      // layer: a quarter of the CPU time at 512 tokens. An arena has one lock, on which workers
      // would wait for each other; with a plan for each shape, a run takes one block from it and
      // not hundreds. Shapes are few: pairs of one run by tokens.
      options.setCPUArenaAllocator(true);
      // DirectML cannot have it.
      options.setMemoryPatternOptimization(provider != ExecutionProvider.DIRECTML);
      add(options, provider, spec.execution().deviceId());
      return environment.createSession(spec.onnxFile().toString(), options);
    }
  }

  private static void add(OrtSession.SessionOptions options, ExecutionProvider provider, int device)
      throws OrtException {
    switch (provider) {
      case CPU -> {
        // It is behind every other anyway.
      }
      case CUDA -> options.addCUDA(device);
      case TENSORRT -> {
        options.addTensorrt(device);
        // For the operators that it cannot do.
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
