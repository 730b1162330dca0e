// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.engine;

import io.crossencoder.model.Execution;
import io.crossencoder.model.ModelSpec;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/** A model in memory, and how many have a share of it: counted under the lock of the registry. */
final class SharedModel {

  final BatchedCrossEncoder encoder;
  final LoadedModel model;
  final AtomicInteger users = new AtomicInteger();

  SharedModel(BatchedCrossEncoder encoder, LoadedModel model) {
    this.encoder = encoder;
    this.model = model;
  }

  /**
   * Files that changed are another model, though it has the same name; and one on another device is
   * another copy.
   */
  record Identity(Path directory, Path onnxFile, String fingerprint, Execution execution) {

    static Identity of(ModelSpec spec) {
      return new Identity(spec.directory(), spec.onnxFile(), spec.fingerprint(), spec.execution());
    }
  }
}
