// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.server;

import static org.junit.Assert.assertEquals;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import org.junit.Test;

public class ReasonTest {

  @Test
  public void leavesWrappersOut() {
    Throwable failure =
        new RuntimeException(
            "Unable to create core [tmdb]", new RuntimeException("no model.onnx in models/m"));
    assertEquals("no model.onnx in models/m", Reason.of(failure));
  }

  @Test
  public void joinsWhatEachLayerKnows() {
    Throwable failure =
        new RuntimeException(
            "model m does not load", new IOException("protobuf\n  parsing failed"));
    assertEquals("model m does not load: protobuf parsing failed", Reason.of(failure));
  }

  @Test
  public void saysTheSameThingOnce() {
    Throwable root = new IOException("disk full");
    assertEquals("disk full", Reason.of(new RuntimeException(root)));
    assertEquals(
        "could not write: disk full",
        Reason.of(new RuntimeException("could not write: disk full", root)));
  }

  @Test
  public void tellsThatABarePathIsMissing() {
    assertEquals("no such file: models/m", Reason.of(new NoSuchFileException("models/m")));
  }

  @Test
  public void namesAnErrorWhoseMessageIsAClass() {
    assertEquals(
        "NoClassDefFoundError: ai/onnxruntime/OrtSession",
        Reason.of(new NoClassDefFoundError("ai/onnxruntime/OrtSession")));
  }
}
