// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.fetch;

import java.util.List;

/** Which graphs of a model are fetched. */
enum Variant {
  FP32,
  INT8,
  AUTO;

  /** The files that are always needed, and the graphs of this choice, with their weights. */
  List<ModelDescriptor.File> of(ModelDescriptor descriptor) {
    List<String> names = names(descriptor);
    return descriptor.files().stream()
        .filter(file -> file.variant() == null || names.contains(file.variant()))
        .toList();
  }

  /**
   * What solrconfig.xml has to name, so that the graph is loaded.
   *
   * @return "auto" if a graph for this CPU is there, the path of another one, or null if the only
   *     graph is the one that is loaded anyway
   */
  static String toConfigure(List<ModelDescriptor.File> files) {
    List<ModelDescriptor.File> graphs =
        files.stream().filter(ModelDescriptor.File::isGraph).toList();
    ModelDescriptor.File last = graphs.get(graphs.size() - 1);
    if (last.isInt8() && !last.variant().equals(ModelDescriptor.INT8)) {
      return "auto";
    }
    return List.of("onnx/model.onnx", "model.onnx").contains(last.path()) ? null : last.path();
  }

  /** The variants of descriptors; the int8 graph for this CPU before one that is for all. */
  List<String> names(ModelDescriptor descriptor) {
    String processor = ProbeCheck.processor();
    boolean hasOwn = descriptor.files().stream().anyMatch(f -> processor.equals(f.variant()));
    String int8 = hasOwn ? processor : ModelDescriptor.INT8;
    return switch (this) {
      case FP32 -> List.of(ModelDescriptor.FP32);
      case INT8 -> List.of(int8);
      case AUTO -> List.of(ModelDescriptor.FP32, int8);
    };
  }
}
