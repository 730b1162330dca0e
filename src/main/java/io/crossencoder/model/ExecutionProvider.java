// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.model;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** ONNX Runtime's execution providers, as far as its Java interface can be asked for them. */
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

  /** The provider that has this name, in lower case. */
  public static Optional<ExecutionProvider> of(String name) {
    return Arrays.stream(values()).filter(provider -> provider.id().equals(name)).findFirst();
  }

  /** All names. */
  public static List<String> ids() {
    return Arrays.stream(values()).map(ExecutionProvider::id).toList();
  }

  /** Its name, as configurations and messages have it. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether a device can be chosen. */
  public boolean hasDevices() {
    return switch (this) {
      case CUDA, TENSORRT, ROCM, DIRECTML -> true;
      case CPU, COREML, OPENVINO, DNNL, XNNPACK -> false;
    };
  }
}
