// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder;

import io.crossencoder.engine.TestModels;
import java.io.IOException;
import java.nio.file.Path;

/** The bundled configset. */
public final class ShippedConfig {

  /** Its directory. */
  public static final Path PLACE = Documentation.ROOT.resolve("solr-config");

  private ShippedConfig() {}

  /** A copy that a test can change. */
  public static Path copy(Path parent) throws IOException {
    return TestModels.copy(PLACE, parent);
  }
}
