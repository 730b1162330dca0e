// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder;

import io.crossencoder.engine.TestModels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The configset that the project ships. */
public final class ShippedConfig {

  /** Where it lies. */
  public static final Path PLACE = Documentation.ROOT.resolve("solr-config");

  private ShippedConfig() {}

  /** A copy without its blend, so that a score is the logit: most tests are about the model. */
  public static Path withoutBlend(Path parent) throws IOException {
    Path copy = TestModels.copy(PLACE, parent);
    Path config = copy.resolve("solrconfig.xml");
    String shipped = Files.readString(config);
    String text = shipped.replaceFirst("<str name=\"blend\">[^<]*</str>", "");
    if (text.equals(shipped)) {
      throw new AssertionError(config + " has no blend any more");
    }
    Files.writeString(config, text);
    return copy;
  }
}
