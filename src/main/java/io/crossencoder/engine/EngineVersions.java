// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.engine;

import io.crossencoder.engine.files.ModelFiles;
import io.crossencoder.engine.onnx.OnnxModel;
import io.crossencoder.engine.tokens.PairTokenizer;
import java.util.Optional;

/**
 * Versions of the libraries that run the models. To read them loads no native library.
 *
 * @param onnxRuntime its version, if its jar says one
 * @param tokenizers the version of DJL's, if their jar says one
 * @param processor what int8 graphs are chosen by: {@code avx512_vnni}, {@code avx2} or {@code
 *     arm64}
 */
public record EngineVersions(
    Optional<String> onnxRuntime, Optional<String> tokenizers, String processor) {

  /** {@return those of this JVM} */
  public static EngineVersions current() {
    return new EngineVersions(
        OnnxModel.libraryVersion(), PairTokenizer.libraryVersion(), ModelFiles.processor());
  }
}
