// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.engine.onnx;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import io.crossencoder.engine.TestModels;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.Test;

public class OnnxEnvironmentTest {

  /** In a JVM of its own, which a fault would end with a signal. */
  @Test
  public void aModelCanBeLoadedWhileTheJvmEnds() throws IOException, InterruptedException {
    Process jvm =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-XX:ErrorFile=/dev/null",
                "-cp",
                System.getProperty("java.class.path"),
                LoadAtEnd.class.getName(),
                TestModels.STARTER.toString(),
                TestModels.tiny("bert").toString())
            .redirectErrorStream(true)
            .start();
    String output = new String(jvm.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(output, 0, jvm.waitFor());
    assertTrue(output, output.contains("score "));
  }
}
