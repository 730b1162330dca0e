// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.engine.natives;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import io.crossencoder.engine.ModelRegistry;
import io.crossencoder.engine.TestModels;
import io.crossencoder.model.CrossEncoder;
import io.crossencoder.model.InstallationException;
import io.crossencoder.model.ModelOptions;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes.Name;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** Problems with JARs and native libraries are reported before anything crashes. */
public class InstallationTest {

  private static final String RUNTIME = "ai.onnxruntime.OrtEnvironment";

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  /** The required JARs on the class path of this test. */
  private static List<Path> jars() {
    ClassLoader loader = InstallationTest.class.getClassLoader();
    List<Path> jars = new ArrayList<>();
    for (String sample :
        List.of(
            ModelRegistry.class.getName(),
            RUNTIME,
            "ai.djl.huggingface.tokenizers.HuggingFaceTokenizer",
            "ai.djl.util.Platform",
            "com.google.gson.JsonParser",
            "org.HdrHistogram.ConcurrentHistogram",
            "com.github.benmanes.caffeine.cache.Caffeine",
            "org.slf4j.Logger")) {
      jars.addAll(JarCheck.jars(loader, sample));
    }
    return jars;
  }

  private static List<Path> without(String artifact) {
    return jars().stream()
        .filter(jar -> !jar.getFileName().toString().startsWith(artifact))
        .toList();
  }

  private static URLClassLoader loader(List<Path> jars) throws IOException {
    URL[] urls = new URL[jars.size()];
    for (int i = 0; i < urls.length; i++) {
      urls[i] = jars.get(i).toUri().toURL();
    }
    return new URLClassLoader(urls, ClassLoader.getPlatformClassLoader());
  }

  private static String refusal(List<Path> jars) throws IOException {
    try (URLClassLoader loader = loader(jars)) {
      return assertThrows(InstallationException.class, () -> JarCheck.check(loader)).getMessage();
    }
  }

  private static List<Path> and(List<Path> jars, Path more) {
    List<Path> all = new ArrayList<>(jars);
    all.add(more);
    return all;
  }

  private static void assertContains(String text, String... parts) {
    for (String part : parts) {
      assertTrue(text, text.contains(part));
    }
  }

  /** A JAR with the class of ONNX Runtime and another version. */
  private List<Path> withRuntime(String version) throws IOException {
    Path jar = folder.newFile().toPath();
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Name.IMPLEMENTATION_VERSION, version);
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(out, manifest)) {
      entries.putNextEntry(new JarEntry(RUNTIME.replace('.', '/') + ".class"));
    }
    return and(without("onnxruntime"), jar);
  }

  @Test
  public void aCompleteSetOfJarsIsAccepted() throws IOException {
    try (URLClassLoader loader = loader(jars())) {
      JarCheck.check(loader);
    }
  }

  @Test
  public void theVersionInTheCodeIsTheOneInTheBuild() {
    Path jar = JarCheck.jars(InstallationTest.class.getClassLoader(), RUNTIME).get(0);
    assertContains(jar.toString(), "onnxruntime-" + JarCheck.ONNX_RUNTIME_VERSION + ".jar");
  }

  @Test
  public void aMissingJarIsNamed() throws IOException {
    for (String artifact : List.of("onnxruntime", "tokenizers", "api", "gson", "HdrHistogram")) {
      assertContains(refusal(without(artifact)), artifact, "-*.jar not found", "SOLR_HOME/lib");
    }
  }

  @Test
  public void twoCopiesOfOnnxRuntimeAreNamedWithTheirPlaces() throws IOException {
    Path runtime = JarCheck.jars(InstallationTest.class.getClassLoader(), RUNTIME).get(0);
    Path copy = folder.getRoot().toPath().resolve("onnxruntime_gpu-1.28.0.jar");
    Files.copy(runtime, copy);
    assertContains(
        refusal(and(jars(), copy)), "more than once", runtime.toString(), copy.toString());
  }

  @Test
  public void theOneOfASolrModuleIsToBeLeft() throws Exception {
    Path module = folder.newFolder("modules", "analysis-extras", "lib").toPath();
    Path copy = module.resolve("onnxruntime-1.22.0.jar");
    Files.copy(JarCheck.jars(InstallationTest.class.getClassLoader(), RUNTIME).get(0), copy);
    assertContains(
        refusal(and(jars(), copy)),
        copy + " belongs to a Solr module: remove the plugin's copy from lib");
  }

  @Test
  public void anOnnxRuntimeWithTelemetryIsRefusedUnlessItIsSwitchedOff() throws IOException {
    for (String version : List.of("1.29.0", "1.30.1", "2.0.0")) {
      try (URLClassLoader loader = loader(withRuntime(version))) {
        String message =
            assertThrows(InstallationException.class, () -> JarCheck.checkOnnxRuntime(loader, null))
                .getMessage();
        assertContains(message, version, "telemetry", JarCheck.ONNX_RUNTIME_VERSION);
        JarCheck.checkOnnxRuntime(loader, "1");
      }
    }
  }

  @Test
  public void anOlderOnnxRuntimeIsOnlyWarnedOf() throws IOException {
    try (URLClassLoader loader = loader(withRuntime("1.27.0"))) {
      JarCheck.checkOnnxRuntime(loader, null);
    }
  }

  @Test
  public void aSecondClassLoaderIsToldThatTheFirstOneHasTheLibraries() throws Exception {
    ModelRegistry.Settings settings = new ModelRegistry.Settings(1, 10, 0);
    try (ModelRegistry first = new ModelRegistry(settings);
        CrossEncoder model = first.open(TestModels.STARTER, ModelOptions.DEFAULTS);
        URLClassLoader second = loader(jars())) {
      assertEquals("tmdb-starter", model.spec().name());
      Class<?> settingsClass = second.loadClass(ModelRegistry.Settings.class.getName());
      Class<?> options = second.loadClass(ModelOptions.class.getName());
      Class<?> registryClass = second.loadClass(ModelRegistry.class.getName());
      try (AutoCloseable registry =
          (AutoCloseable)
              registryClass
                  .getConstructor(settingsClass)
                  .newInstance(settingsClass.getMethod("defaults").invoke(null))) {
        InvocationTargetException failure =
            assertThrows(
                InvocationTargetException.class,
                () ->
                    registryClass
                        .getMethod("open", Path.class, options)
                        .invoke(
                            registry, TestModels.STARTER, options.getField("DEFAULTS").get(null)));
        assertContains(
            failure.getCause().toString(),
            "InstallationException",
            "another class loader of this JVM has already loaded it",
            "SOLR_HOME/lib");
      }
    }
  }

  @Test
  public void whatTheSystemSaysBecomesWhatHelps() {
    assertHelp("libonnxruntime.so: failed to map segment from shared object", "noexec");
    assertHelp("/lib64/libc.so.6: version `GLIBC_2.34' not found", "glibc 2.34");
    assertHelp("version `GLIBCXX_3.4.26' not found (required by x.so)", "too old");
    assertHelp("Error loading shared library ld-linux-x86-64.so.2: No such file", "Alpine");
    assertHelp("Error relocating /x/libtokenizers.so: __strdup: symbol not found", "Alpine");
    assertHelp("libstdc++.so.6: cannot open shared object file", "libstdc++6");
    assertHelp("x.so: wrong ELF class: ELFCLASS64", "another processor");
  }

  private static void assertHelp(String said, String help) {
    Throwable failure = new IllegalStateException("wrapped", new UnsatisfiedLinkError(said));
    String message = NativeFailure.of("the tokenizers", failure).orElseThrow().getMessage();
    assertContains(message, help, said);
  }

  @Test
  public void aDeniedLibraryLeadsToThePolicy() {
    Throwable failure =
        new IllegalStateException(
            new SecurityException("access denied (\"RuntimePermission\" \"loadLibrary.x\")"));
    assertContains(
        NativeFailure.of("ONNX Runtime", failure).orElseThrow().getMessage(), "security.policy");
  }

  @Test
  public void aBrokenTokenizerIsNoFailureOfTheLibrary() {
    assertTrue(NativeFailure.of("the tokenizers", new IOException("EOF")).isEmpty());
  }

  @Test
  public void aMachineWithoutLibrariesIsToldWhichOnesThereAre() {
    NativePlatform power = NativePlatform.of("Linux", "ppc64le");
    String message = assertThrows(InstallationException.class, power::onnxRuntime).getMessage();
    assertContains(message, "linux, ppc64le", "x86_64 and aarch64", "onnxruntime.native.path");
    assertThrows(InstallationException.class, power::tokenizers);
  }

  @Test
  public void theJarsHaveTheLibrariesOfEverySystemThatIsPromised() {
    for (NativePlatform platform :
        List.of(
            NativePlatform.of("Linux", "amd64"),
            NativePlatform.of("Linux", "aarch64"),
            NativePlatform.of("Mac OS X", "aarch64"),
            NativePlatform.of("Windows Server 2022", "amd64"))) {
      assertEquals(2, platform.onnxRuntime().size());
      assertTrue(platform.tokenizers().containsKey(platform.tokenizersFile()));
    }
  }
}
