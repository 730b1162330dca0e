// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.engine.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtLoggingLevel;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The environment of ONNX Runtime, kept until the process ends.
 *
 * <p>ONNX Runtime frees it in a shutdown hook of its own, which runs at the same time as that of
 * Solr: a model that is loaded then ends the JVM before Solr has closed its indexes. Its native
 * environment counts references, so a second one keeps it. The Java API has no other way.
 */
final class OnnxEnvironment {

  private static final Logger LOG = LoggerFactory.getLogger(OnnxEnvironment.class);

  private static boolean kept;

  private OnnxEnvironment() {}

  /**
   * The environment.
   *
   * @throws LinkageError if the native library cannot be loaded
   */
  static synchronized OrtEnvironment get() {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    if (!kept) {
      kept = true;
      keep();
    }
    return environment;
  }

  private static void keep() {
    try {
      MethodHandles.Lookup lookup =
          MethodHandles.privateLookupIn(OrtEnvironment.class, MethodHandles.lookup());
      Class<?> runtime = lookup.findClass("ai.onnxruntime.OnnxRuntime");
      long api = (long) lookup.findStaticGetter(runtime, "ortApiHandle", long.class).invoke();
      MethodHandle create =
          lookup.findStatic(
              OrtEnvironment.class,
              "createHandle",
              MethodType.methodType(long.class, long.class, int.class, String.class));
      int level = OrtLoggingLevel.ORT_LOGGING_LEVEL_WARNING.getValue();
      long unused = (long) create.invoke(api, level, OrtEnvironment.DEFAULT_NAME);
    } catch (Throwable e) {
      LOG.info(
          "do not stop the JVM while a model is being loaded: it can crash ({})", e.toString());
    }
  }
}
