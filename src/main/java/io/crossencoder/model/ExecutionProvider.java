// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.model;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Execution providers of ONNX Runtime that its Java API supports. */
public enum ExecutionProvider {
  /** Always there. */
  CPU,
  /** NVIDIA's GPUs. */
  CUDA,
  /** NVIDIA's GPUs, with kernels compiled for the model. */
  TENSORRT,
  /** AMD's GPUs. */
  ROCM,
  /** GPUs of Windows. */
  DIRECTML,
  /** Apple's GPUs and neural engines. */
  COREML,
  /** Intel's OpenVINO, on the CPU. */
  OPENVINO,
  /** Intel's oneDNN, on the CPU. */
  DNNL,
  /** XNNPACK, on the CPU. */
  XNNPACK;

  /**
   * Looks one up.
   *
   * @param name its {@link #id}: in lower case
   * @return the provider; empty if none has this name
   */
  public static Optional<ExecutionProvider> of(String name) {
    return Arrays.stream(values()).filter(provider -> provider.id().equals(name)).findFirst();
  }

  /** {@return all names, {@code cpu} first} */
  public static List<String> ids() {
    return Arrays.stream(values()).map(ExecutionProvider::id).toList();
  }

  /** {@return its name as configurations and messages have it, in lower case} */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** {@return whether a {@link Execution#deviceId()} other than 0 can be asked for} */
  public boolean hasDevices() {
    return switch (this) {
      case CUDA, TENSORRT, ROCM, DIRECTML -> true;
      case CPU, COREML, OPENVINO, DNNL, XNNPACK -> false;
    };
  }
}
