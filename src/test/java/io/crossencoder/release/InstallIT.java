// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.release;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import io.crossencoder.Documentation;
import io.crossencoder.release.Release.Printed;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.stream.Stream;
import org.junit.Before;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** install.sh installs the release to a Solr home directory. */
public class InstallIT {

  @ClassRule public static final TemporaryFolder FOLDER = new TemporaryFolder();
  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private static Release release;
  private Path home;
  private Path library;

  @BeforeClass
  public static void unzip() throws Exception {
    release = Release.unzip(FOLDER.getRoot().toPath());
  }

  @Before
  public void makeHome() throws Exception {
    home = release.home(folder.getRoot().toPath().resolve("a solr home"));
    library = home.resolve("lib");
  }

  private String install(int exitCode, String... options) throws Exception {
    Printed printed = release.install(home, options);
    assertEquals(printed.text(), exitCode, printed.exitCode());
    return printed.text();
  }

  private void touch(String file) throws Exception {
    Files.createDirectories(library);
    Files.writeString(library.resolve(file), "");
  }

  @Test
  public void noLinkOfItsPagesLeadsOutOfTheZip() throws Exception {
    try (Stream<Path> files = Files.walk(FOLDER.getRoot().toPath())) {
      List<Path> pages = files.filter(file -> file.toString().endsWith(".md")).toList();
      assertTrue(pages.size() + " pages", pages.size() > 10);
      assertEquals(List.of(), Documentation.brokenLinks(pages));
    }
  }

  @Test
  public void aFreshHomeGetsTheJarsAndOnRequestTheModel() throws Exception {
    install(0);
    assertEquals(release.jars(), Release.names(library));
    assertFalse(Files.exists(home.resolve("models")));
    install(0, "--models");
    assertTrue(Files.exists(home.resolve("models/tmdb-starter/onnx/model.onnx")));
  }

  @Test
  public void theSecondTimeThereIsNothingToDo() throws Exception {
    install(0, "--models");
    assertTrue(install(0, "--models").startsWith("Nothing to do"));
    assertEquals(release.jars(), Release.names(library));
  }

  @Test
  public void aJarThatWasDamagedIsPutBack() throws Exception {
    install(0);
    String jar = release.jars().get(0);
    Files.writeString(library.resolve(jar), "half");
    install(0);
    assertEquals(
        -1, Files.mismatch(release.path().resolve("lib").resolve(jar), library.resolve(jar)));
  }

  @Test
  public void anUpdateRemovesWhatTheOlderVersionHadAndNothingElse() throws Exception {
    touch("solr-crossencoder-0.0.1.jar");
    touch("jna-5.17.0.jar");
    touch("somebodys-own.jar");
    Files.writeString(
        home.resolve("solr-crossencoder.installed"),
        "solr-crossencoder-0.0.1.jar\njna-5.17.0.jar\n");
    install(0);
    assertFalse(Files.exists(library.resolve("solr-crossencoder-0.0.1.jar")));
    assertFalse(Files.exists(library.resolve("jna-5.17.0.jar")));
    assertTrue(Files.exists(library.resolve("somebodys-own.jar")));
  }

  @Test
  public void anOlderBundledModelIsReplacedAsAWhole() throws Exception {
    Path model = home.resolve("models/tmdb-starter");
    Files.createDirectories(model.resolve("onnx"));
    Files.writeString(model.resolve("onnx/model_optimized.onnx"), "a graph of the older model");
    assertTrue(install(0).contains("put"));
    assertEquals(List.of("onnx"), Release.names(model));
    install(0, "--models");
    assertEquals(List.of("model.onnx"), Release.names(model.resolve("onnx")));
    assertEquals(List.of("tmdb-starter"), Release.names(home.resolve("models")));
  }

  @Test
  public void solrsUserCanReadWhatAnAdministratorWithAStrictUmaskInstalls() throws Exception {
    String script = release.path().resolve("install.sh").toString();
    String command = "umask 077; bash '" + script + "' '" + home + "' --models";
    assertEquals(0, new ProcessBuilder("bash", "-c", command).start().waitFor());
    for (String installed : List.of("lib", "lib/" + release.jars().get(0), "models/tmdb-starter")) {
      assertTrue(
          installed,
          Files.getPosixFilePermissions(home.resolve(installed))
              .contains(PosixFilePermission.OTHERS_READ));
    }
  }

  @Test
  public void anotherOnnxRuntimeIsNamedAndNothingIsInstalled() throws Exception {
    touch("onnxruntime_gpu-1.28.0.jar");
    assertTrue(install(1).contains("onnxruntime_gpu-1.28.0.jar"));
    assertEquals(List.of("onnxruntime_gpu-1.28.0.jar"), Release.names(library));
  }

  @Test
  public void aPluginInACoresOwnLibIsWarnedOf() throws Exception {
    Files.createDirectories(home.resolve("tmdb/lib"));
    Files.writeString(home.resolve("tmdb/lib/solr-crossencoder-0.1.0.jar"), "");
    assertTrue(install(0).contains("warning: " + home.resolve("tmdb/lib")));
  }

  @Test
  public void aDryRunSaysWhatItWouldDoAndDoesNothing() throws Exception {
    String text = install(0, "--models", "--dry-run");
    assertTrue(text, text.contains("would put onnxruntime-"));
    assertFalse(Files.exists(library));
    assertFalse(Files.exists(home.resolve("models")));
    install(0);
    install(0, "--uninstall", "--dry-run");
    assertEquals(release.jars(), Release.names(library));
  }

  @Test
  public void uninstallTakesAwayWhatWasInstalledAndNothingElse() throws Exception {
    install(0, "--models");
    touch("somebodys-own.jar");
    Files.createDirectories(home.resolve("models/mine"));
    install(0, "--uninstall", "--models");
    assertEquals(List.of("somebodys-own.jar"), Release.names(library));
    assertEquals(List.of("mine"), Release.names(home.resolve("models")));
    assertEquals(List.of("lib", "models", "solr.xml", "tmdb"), Release.names(home));
    assertTrue(install(0, "--uninstall").startsWith("Nothing of solr-crossencoder was installed"));
  }

  @Test
  public void anIncompleteInstallationIsRemovedCompletely() throws Exception {
    Path unreadable = release.path().resolve("lib/zz.jar");
    Files.createSymbolicLink(unreadable, Path.of("nowhere"));
    try {
      install(1);
    } finally {
      Files.delete(unreadable);
    }
    assertEquals(release.jars(), Release.names(library));
    install(0, "--uninstall");
    assertEquals(List.of(), Release.names(library));
    assertEquals(List.of("lib", "solr.xml", "tmdb"), Release.names(home));
  }

  @Test
  public void aDirectoryThatIsNoSolrHomeIsRefused() throws Exception {
    Files.delete(home.resolve("solr.xml"));
    assertTrue(install(1).contains("is not a Solr home directory: it has no solr.xml"));
    assertFalse(Files.exists(library));
  }

  @Test
  public void badUsageIsExitCodeTwo() throws Exception {
    assertTrue(install(2, "--modles").contains("--modles is not an option"));
    assertTrue(install(2, "another").contains("two directories"));
  }

  @Test
  public void aCheckoutInstallsWhatItHasBuilt() throws Exception {
    Printed printed = Release.install(Release.ROOT.resolve("scripts/install.sh"), home);
    assertEquals(printed.text(), 0, printed.exitCode());
    assertEquals(release.jars(), Release.names(library));
  }
}
