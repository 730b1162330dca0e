// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.engine.onnx;

import ai.onnxruntime.OrtEnvironment;
import io.crossencoder.engine.ModelRegistry;
import io.crossencoder.model.CrossEncoder;
import io.crossencoder.model.Deadline;
import io.crossencoder.model.ModelOptions;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.file.Path;
import java.util.List;

/** Loads a model after ONNX Runtime has freed its environment, as it does when the JVM ends. */
final class LoadAtEnd {

  private LoadAtEnd() {}

  /** Arguments: two model directories. Prints the score of a pair by the second one. */
  public static void main(String[] models) throws Throwable {
    try (ModelRegistry registry = new ModelRegistry(ModelRegistry.Settings.defaults())) {
      registry.open(Path.of(models[0]), ModelOptions.DEFAULTS).close();
      free();
      try (CrossEncoder encoder = registry.open(Path.of(models[1]), ModelOptions.DEFAULTS)) {
        float score = encoder.score("war", List.of("a film"), Deadline.NONE).logits()[0];
        System.out.println("score " + score);
      }
    }
    // The shutdown hook of ONNX Runtime would free it again.
    Runtime.getRuntime().halt(0);
  }

  /** Does what the shutdown hook of ONNX Runtime does. */
  private static void free() throws Throwable {
    MethodHandles.Lookup lookup =
        MethodHandles.privateLookupIn(OrtEnvironment.class, MethodHandles.lookup());
    Class<?> runtime = lookup.findClass("ai.onnxruntime.OnnxRuntime");
    long api = (long) lookup.findStaticGetter(runtime, "ortApiHandle", long.class).invoke();
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    long handle =
        (long)
            lookup.findGetter(OrtEnvironment.class, "nativeHandle", long.class).invoke(environment);
    lookup
        .findStatic(
            OrtEnvironment.class,
            "close",
            MethodType.methodType(void.class, long.class, long.class))
        .invoke(api, handle);
  }
}
