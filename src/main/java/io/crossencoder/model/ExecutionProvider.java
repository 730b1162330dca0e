// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.model;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Execution providers of ONNX Runtime that its Java API supports. */
public enum ExecutionProvider {
  /** Always available. */
  CPU,
  /** NVIDIA GPUs. */
  CUDA,
  /** NVIDIA GPUs, with kernels compiled for the model. */
  TENSORRT,
  /** AMD GPUs. */
  ROCM,
  /** GPUs on Windows. */
  DIRECTML,
  /** Apple GPUs and neural engines. */
  COREML,
  /** Intel OpenVINO, on the CPU. */
  OPENVINO,
  /** Intel oneDNN, on the CPU. */
  DNNL,
  /** XNNPACK, on the CPU. */
  XNNPACK;

  /**
   * The provider with an id.
   *
   * @param name an {@link #id}, in lower case
   * @return the provider; empty if no provider has this id
   */
  public static Optional<ExecutionProvider> of(String name) {
    return Arrays.stream(values()).filter(provider -> provider.id().equals(name)).findFirst();
  }

  /** {@return all ids, {@code cpu} first} */
  public static List<String> ids() {
    return Arrays.stream(values()).map(ExecutionProvider::id).toList();
  }

  /** {@return the name in configurations and messages, in lower case} */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** {@return whether the provider supports a {@link Execution#deviceId()} other than 0} */
  public boolean hasDevices() {
    return switch (this) {
      case CUDA, TENSORRT, ROCM, DIRECTML -> true;
      case CPU, COREML, OPENVINO, DNNL, XNNPACK -> false;
    };
  }
}
