// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.rerank;

import io.crossencoder.engine.natives.JarCheck;
import java.nio.file.Path;
import java.util.List;
import org.apache.solr.common.SolrException;
import org.apache.solr.common.SolrException.ErrorCode;

/**
 * Checks that the node's class loader loaded the plugin. Only one class loader of a JVM can load a
 * native library, so with the class loader of a core, a second core or a RELOAD would fail.
 */
final class ClassLoaderCheck {

  private ClassLoaderCheck() {}

  /**
   * Checks the class loader.
   *
   * @param node class loader that the cores of a node share
   * @param core class loader of the core that loads the plugin
   * @throws SolrException if the plugin was loaded by another class loader or found twice
   */
  static void check(Class<?> plugin, ClassLoader node, ClassLoader core) {
    List<Path> jars = JarCheck.jars(core, plugin.getName());
    if (jars.size() > 1) {
      throw unusable(
          "the plugin was found more than once: "
              + jars
              + ". Keep the one in SOLR_HOME/lib and restart Solr");
    }
    if (!isOf(plugin.getClassLoader(), node)) {
      throw unusable(
          "the plugin was loaded for one core only, from "
              + jars
              + ", and cannot be loaded a second time. Move its JARs into SOLR_HOME/lib and remove"
              + " them from the core's lib directory, its <lib> directives (Solr 9) and the package"
              + " manager");
    }
  }

  private static boolean isOf(ClassLoader loader, ClassLoader node) {
    for (ClassLoader each = node; each != null; each = each.getParent()) {
      if (each == loader) {
        return true;
      }
    }
    return false;
  }

  private static SolrException unusable(String reason) {
    return new SolrException(ErrorCode.SERVER_ERROR, "crossencoder: " + reason);
  }
}
