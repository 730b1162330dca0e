// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.release;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;
import static org.junit.Assume.assumeTrue;

import io.crossencoder.engine.TestModels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** The release in a Solr under the security manager that Solr 9 starts with. */
public class SecurityManagerIT {

  @ClassRule public static final TemporaryFolder FOLDER = new TemporaryFolder();
  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private static Release release;

  @BeforeClass
  public static void unzip() throws Exception {
    assumeTrue("this JDK has no security manager", Runtime.version().feature() < 24);
    release = Release.unzip(FOLDER.getRoot().toPath());
  }

  private Path home() throws Exception {
    Path home = release.home(folder.getRoot().toPath().resolve("solr home"));
    assertEquals(0, release.install(home, "--models").exitCode());
    return home;
  }

  /** The policy of a node: the concatenation of these files. */
  private SolrProcess.Start under(Path... policies) throws Exception {
    StringBuilder text = new StringBuilder();
    for (Path policy : policies) {
      text.append(Files.readString(policy));
    }
    Path policy = folder.newFile("security.policy").toPath();
    Files.writeString(policy, text);
    return SolrProcess.Start.plain()
        .with("-Djava.security.policy==" + policy)
        .with("-Djava.security.manager=" + ConnectionRecorder.class.getName());
  }

  private static Path solrsOwn() throws Exception {
    return Path.of(SecurityManagerIT.class.getResource("solr-server.policy").toURI());
  }

  @Test
  public void scoresAsPythonDoesAndConnectsToNobody() throws Exception {
    Path home = home();
    boolean miniLm = Files.isDirectory(TestModels.MINI_LM);
    if (miniLm) {
      Path model = home.resolve("models/minilm");
      for (String file : List.of("config.json", "tokenizer.json", "onnx/model.onnx")) {
        Files.createDirectories(model.resolve(file).getParent());
        Files.copy(TestModels.MINI_LM.resolve(file), model.resolve(file));
      }
    }
    Path ours = release.path().resolve("security.policy");
    try (SolrProcess solr = under(solrsOwn(), ours).run(home)) {
      Pairs.assertLogits(solr, "tmdb-starter", TestModels.references());
      if (miniLm) {
        Pairs.assertLogits(solr, "minilm", TestModels.tmdbReferences(TestModels.MINI_LM));
      }
      solr.get("../admin/cores", "action", "RELOAD", "core", "tmdb");
      Pairs.assertLogits(solr, "tmdb-starter", TestModels.references().subList(0, 2));
      assertNobodyWasCalled(solr.console());
    }
  }

  /** Solr and Log4j ask for the name of this host, which shows that the recorder works. */
  private static void assertNobodyWasCalled(String console) {
    assertTrue(console, console.contains("CONNECT "));
    List<String> calls =
        console
            .lines()
            .filter(line -> line.startsWith("CONNECT ") || line.startsWith("EXEC "))
            .filter(
                line ->
                    !line.contains(" < java.net.InetAddress.getLocalHost < ")
                        && !line.contains(" < java.net.InetAddress.getCanonicalHostName < "))
            .toList();
    assertEquals(List.of(), calls);
    assertFalse(console, console.contains("ai.djl.") || console.contains("ai.onnxruntime."));
  }

  @Test
  public void withoutTheLinesOfTheReleaseTheMessageNamesThem() throws Exception {
    Path home = home();
    SolrProcess.Start start = under(solrsOwn());
    String message = assertThrows(IllegalStateException.class, () -> start.run(home)).getMessage();
    assertTrue(message, message.contains("security.policy"));
    assertTrue(message, message.contains("loadLibrary." + home));
  }
}
