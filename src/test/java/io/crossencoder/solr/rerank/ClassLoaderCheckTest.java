// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.rerank;

import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import io.crossencoder.engine.natives.JarCheck;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Enumeration;
import org.apache.solr.common.SolrException;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** The plugin must be loaded once, by the class loader that all cores of a node share. */
public class ClassLoaderCheckTest {

  private static final String PLUGIN = RerankParserPlugin.class.getName();

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private final ClassLoader solr = new SolrOnly();

  /** The class path of this test without the plugin. */
  private static final class SolrOnly extends ClassLoader {

    SolrOnly() {
      super(ClassLoaderCheckTest.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (name.startsWith("io.crossencoder.")) {
        throw new ClassNotFoundException(name);
      }
      return super.loadClass(name, resolve);
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
      return name.startsWith("io/crossencoder/")
          ? Collections.emptyEnumeration()
          : super.getResources(name);
    }
  }

  private static URL plugin() throws IOException {
    return place().toUri().toURL();
  }

  private static Path place() {
    return JarCheck.jars(ClassLoaderCheckTest.class.getClassLoader(), PLUGIN).get(0);
  }

  private URL secondCopy() throws Exception {
    Path file = folder.getRoot().toPath().resolve(PLUGIN.replace('.', '/') + ".class");
    java.nio.file.Files.createDirectories(file.getParent());
    java.nio.file.Files.copy(place().resolve(PLUGIN.replace('.', '/') + ".class"), file);
    return folder.getRoot().toURI().toURL();
  }

  private static ClassLoader with(ClassLoader parent, URL... urls) {
    return new URLClassLoader(urls, parent);
  }

  private static String refusal(ClassLoader node, ClassLoader core) throws Exception {
    Class<?> plugin = Class.forName(PLUGIN, false, core);
    return assertThrows(SolrException.class, () -> ClassLoaderCheck.check(plugin, node, core))
        .getMessage();
  }

  @Test
  public void inTheLibOfTheNodeItIsRight() throws Exception {
    ClassLoader node = with(solr, plugin());
    ClassLoader core = with(node);
    ClassLoaderCheck.check(Class.forName(PLUGIN, false, core), node, core);
  }

  @Test
  public void inTheLibOfACoreItIsRefused() throws Exception {
    ClassLoader node = with(solr);
    String message = refusal(node, with(node, plugin()));
    assertTrue(message, message.contains("for one core only, from [" + place()));
    assertTrue(message, message.contains("into SOLR_HOME/lib"));
  }

  @Test
  public void aCopyInTheLibOfACoreIsNamed() throws Exception {
    ClassLoader node = with(solr, plugin());
    String message = refusal(node, with(node, secondCopy()));
    assertTrue(message, message.contains("more than once: [" + place()));
    assertTrue(message, message.contains(folder.getRoot().toString()));
  }

  @Test
  public void twoVersionsInTheLibOfTheNodeAreNamed() throws Exception {
    ClassLoader node = with(solr, plugin(), secondCopy());
    assertTrue(refusal(node, with(node)).contains("more than once"));
  }
}
