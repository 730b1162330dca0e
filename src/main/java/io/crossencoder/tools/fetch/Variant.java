// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.fetch;

import java.util.List;

/** The ONNX files of a model to download. */
enum Variant {
  FP32,
  INT8,
  AUTO;

  /** The files that all variants need, and the ONNX files of this variant with their weights. */
  List<ModelDescriptor.File> of(ModelDescriptor descriptor) {
    List<String> names = names(descriptor);
    return descriptor.files().stream()
        .filter(file -> file.variant() == null || names.contains(file.variant()))
        .toList();
  }

  /**
   * The ONNX file to set in solrconfig.xml for the downloaded files.
   *
   * @return "auto" if there is a file for this CPU, the path of another file, or null if the
   *     default file is the only one
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

  /**
   * The variants in descriptors; the int8 file for this CPU is preferred to the one for all CPUs.
   */
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
