// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.model;

import java.util.Optional;

/**
 * What runs the models.
 *
 * @param onnxRuntime its version
 * @param tokenizers the version of DJL's; empty if its jar does not say
 * @param processor what int8 graphs are chosen by: {@code avx512_vnni}, {@code avx2} or {@code
 *     arm64}
 */
public record EngineVersions(String onnxRuntime, Optional<String> tokenizers, String processor) {

  /**
   * Of this JVM.
   *
   * @throws LinkageError if ONNX Runtime's native library cannot be loaded
   */
  public static EngineVersions current() {
    return new EngineVersions(
        OnnxModel.runtimeVersion(), PairTokenizer.libraryVersion(), OnnxVariants.processor());
  }
}
