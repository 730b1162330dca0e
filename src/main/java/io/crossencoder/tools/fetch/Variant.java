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
