// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder;

import io.crossencoder.engine.TestModels;
import java.io.IOException;
import java.nio.file.Path;

/** The bundled configset. */
public final class ShippedConfig {

  /** Where it lies. */
  public static final Path PLACE = Documentation.ROOT.resolve("solr-config");

  private ShippedConfig() {}

  /** A copy, which a test may change. */
  public static Path copy(Path parent) throws IOException {
    return TestModels.copy(PLACE, parent);
  }
}
