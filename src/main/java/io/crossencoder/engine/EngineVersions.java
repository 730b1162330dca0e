// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.engine;

import io.crossencoder.engine.files.ModelFiles;
import io.crossencoder.engine.onnx.OnnxModel;
import io.crossencoder.engine.tokens.PairTokenizer;
import java.util.Optional;

/**
 * Versions of the libraries that run the models. Reading them loads no native library.
 *
 * @param onnxRuntime version of ONNX Runtime, if its JAR contains one
 * @param tokenizers version of DJL's tokenizers, if their JAR contains one
 * @param processor kind of this CPU, which selects the int8 file: {@code avx512_vnni}, {@code avx2}
 *     or {@code arm64}
 */
public record EngineVersions(
    Optional<String> onnxRuntime, Optional<String> tokenizers, String processor) {

  /** {@return the versions in this JVM} */
  public static EngineVersions current() {
    return new EngineVersions(
        OnnxModel.libraryVersion(), PairTokenizer.libraryVersion(), ModelFiles.processor());
  }
}
