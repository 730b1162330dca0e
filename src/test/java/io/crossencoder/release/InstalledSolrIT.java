// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.release;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;
import static org.junit.Assume.assumeTrue;

import com.google.gson.JsonParser;
import io.crossencoder.engine.TestModels;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** The release in a Solr without a security manager, on any JDK. */
public class InstalledSolrIT {

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private Path home;
  private Path temporary;

  @Before
  public void install() throws Exception {
    Release release = Release.unzip(folder.getRoot().toPath().resolve("unzipped"));
    home = release.home(folder.getRoot().toPath().resolve("home"));
    temporary = home.resolveSibling("tmp");
    assertEquals(0, release.install(home, "--models").exitCode());
  }

  private static void assertReranks(SolrProcess solr) throws Exception {
    Pairs.assertLogits(solr, "tmdb-starter", TestModels.references().subList(0, 3));
  }

  @Test
  public void nativeLibrariesLieInTheSolrHomeAndNothingIsLeftElsewhere() throws Exception {
    Path userHome = folder.newFolder("user").toPath();
    try (SolrProcess solr = SolrProcess.Start.plain().with("-Duser.home=" + userHome).run(home)) {
      assertReranks(solr);
      assertEquals(3, Release.names(home.resolve("crossencoder-native")).size());
    }
    assertEquals(List.of(), Release.names(userHome));
    assertEquals(List.of(), leftovers());
  }

  @Test
  public void whereNothingCanBeWrittenIntoTheHomesATemporaryDirectoryServes() throws Exception {
    // A file in place of the directory also stops root.
    Files.writeString(home.resolve("crossencoder-native"), "");
    try (SolrProcess solr = SolrProcess.Start.plain().with("-Duser.home=/nonexistent").run(home)) {
      assertReranks(solr);
      assertEquals(1, leftovers().stream().filter(name -> name.startsWith("solr-")).count());
    }
    assertEquals(List.of(), leftovers());
  }

  @Test
  public void jarsInTheLibOfACoreAreRefusedWithWhatToDo() throws Exception {
    Files.move(home.resolve("lib"), home.resolve("tmdb/lib"));
    String message =
        assertThrows(IllegalStateException.class, () -> SolrProcess.Start.plain().run(home))
            .getMessage();
    assertTrue(message, message.contains("Move its JARs into SOLR_HOME/lib"));
  }

  @Test
  public void nativeCodeConnectsToNobody() throws Exception {
    assumeTrue("strace cannot be used here", canTrace());
    Path trace = folder.getRoot().toPath().resolve("trace");
    List<String> strace =
        List.of("strace", "-f", "-qq", "-s", "300", "-e", "trace=%network", "-o", trace.toString());
    try (SolrProcess solr = SolrProcess.Start.plain().under(strace).run(home)) {
      assertReranks(solr);
      solr.get("../admin/cores", "action", "RELOAD", "core", "tmdb");
      assertReranks(solr);
    }
    List<String> calls = Files.readAllLines(trace, StandardCharsets.ISO_8859_1);
    assertTrue("the server's own socket is in the trace", calls.toString().contains("listen("));
    // Connections to this host are permitted, and lookups of its name (port 53) by Solr.
    List<String> outward =
        calls.stream()
            .filter(call -> call.contains(" connect(") || call.contains(" sendto("))
            .filter(call -> call.contains("sa_family=AF_INET"))
            .filter(call -> !call.contains("127.0.0.") && !call.contains("\"::1\""))
            .filter(call -> !call.contains("htons(53)"))
            .toList();
    assertEquals(List.of(), outward);
    List<String> names =
        calls.stream().filter(call -> call.matches("(?i).*(microsoft|amazonaws|djl).*")).toList();
    assertEquals(List.of(), names);
  }

  private static boolean canTrace() throws InterruptedException {
    try {
      Process process = new ProcessBuilder("strace", "-f", "-o", "/dev/null", "true").start();
      return process.waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private List<String> leftovers() throws IOException {
    try (Stream<Path> files = Files.list(temporary)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.contains("onnxruntime") || name.contains("crossencoder"))
          .toList();
    }
  }

  @Test
  public void theBillOfMaterialsNamesWhatIsShippedAndItsLicences() throws Exception {
    Path sbom = folder.getRoot().toPath();
    try (Stream<Path> files = Files.walk(sbom)) {
      List<Path> found = files.filter(file -> file.endsWith("sbom.json")).toList();
      assumeTrue("built without network, which its plugin insists on", !found.isEmpty());
      String thirdParty = Files.readString(Release.ROOT.resolve("THIRD-PARTY.md"));
      var components =
          JsonParser.parseString(Files.readString(found.get(0)))
              .getAsJsonObject()
              .getAsJsonArray("components");
      assertEquals(Release.names(home.resolve("lib")).size() - 1, components.size());
      for (var element : components) {
        var part = element.getAsJsonObject();
        String license = part.getAsJsonArray("licenses").toString();
        assertTrue(license, license.matches(".*\"(Apache-2.0|MIT|BSD-2-Clause|CC0-1.0)\".*"));
        String jar = part.get("name").getAsString() + "-" + part.get("version").getAsString();
        assertTrue(jar, thirdParty.contains(jar));
        assertTrue(jar, Files.exists(home.resolve("lib").resolve(jar + ".jar")));
      }
    }
  }
}
