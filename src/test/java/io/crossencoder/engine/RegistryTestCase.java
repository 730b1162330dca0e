// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.engine;

import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import io.crossencoder.model.ModelLoadException;
import io.crossencoder.model.ModelOptions;
import java.nio.file.Path;
import org.junit.After;
import org.junit.Rule;
import org.junit.rules.TemporaryFolder;

/** A registry without a score cache, and a directory for copies of models. */
public abstract class RegistryTestCase {

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  final ModelRegistry registry = new ModelRegistry(new ModelRegistry.Settings(2, 1000, 0));

  @After
  public void closeRegistry() {
    registry.close();
  }

  /** The model is rejected with a message that starts with the file and contains the reason. */
  void assertRefused(Path model, Path file, String reason) {
    ModelLoadException e =
        assertThrows(
            reason, ModelLoadException.class, () -> registry.open(model, ModelOptions.DEFAULTS));
    assertTrue(e.getMessage(), e.getMessage().startsWith(file + ": "));
    assertTrue(e.getMessage(), e.getMessage().contains(reason));
  }
}
