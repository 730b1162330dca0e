// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.server;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import io.crossencoder.tools.Main;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.AfterClass;
import org.junit.Before;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import picocli.CommandLine;

public class SolrCommandTest {
  @ClassRule public static final TemporaryFolder FOLDER = new TemporaryFolder();

  private static SolrHome home;
  private static SolrServer server;

  private final StringWriter printed = new StringWriter();
  private Path otherHome;

  @BeforeClass
  public static void startServer() throws Exception {
    home = SmallHome.create(FOLDER.newFolder("a home").toPath(), "");
    server = SolrServer.start(home.path(), 0);
  }

  @AfterClass
  public static void stopServer() {
    server.close();
  }

  @Before
  public void makeOtherHome() throws Exception {
    otherHome = SmallHome.create(FOLDER.newFolder().toPath(), "").path();
  }

  @Test
  public void statusCountsDocuments() {
    assertEquals(0, solr("status", server.port(), home.path()));
    assertPrinted("core    tmdb: 0 documents");
  }

  @Test
  public void statusTellsAnotherHomeApart() {
    assertEquals(3, solr("status", server.port(), otherHome));
    assertPrinted("The Solr on this port has the home directory " + home.path());
  }

  @Test
  public void startIsContentWithTheServerThatRuns() {
    assertEquals(0, solr("start", server.port(), home.path()));
    assertPrinted("This Solr is already running at http://127.0.0.1:" + server.port() + "/solr");
  }

  @Test
  public void startNamesTheSolrThatHasThePort() {
    assertEquals(1, solr("start", server.port(), otherHome));
    assertPrinted(
        "port " + server.port() + " is used by a Solr with the home directory " + home.path());
  }

  @Test
  public void startNamesThePortThatAnotherProgramHas() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      hangUpOnEveryone(taken);
      assertEquals(1, solr("start", taken.getLocalPort(), otherHome));
      assertPrinted("port " + taken.getLocalPort() + " is used by another program");
    }
  }

  @Test
  public void startLeavesADirectoryAloneThatIsNoSolrHome() throws Exception {
    Path mine = FOLDER.newFolder().toPath();
    Files.writeString(mine.resolve("thesis.txt"), "mine");
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    assertEquals(1, solr("start", port, mine));
    assertPrinted(mine + " is not empty and has no solr.xml, so it is not a Solr home directory");
    assertTrue(Files.exists(mine.resolve("thesis.txt")));
  }

  @Test
  public void stopForgetsAServerThatIsGone() throws Exception {
    Path pid = otherHome.resolve("solr-8983.pid");
    // This JVM is running and is not a server.
    Files.writeString(pid, ProcessHandle.current().pid() + "\n");
    assertEquals(0, solr("stop", 8983, otherHome));
    assertPrinted("No Solr of " + otherHome + " runs on port 8983.");
    assertTrue(Files.notExists(pid));
  }

  @Test
  public void portOutOfRangeIsBadUsage() {
    assertEquals(2, solr("start", 65536, otherHome));
    assertPrinted("--port must be an integer from 1 to 65535, not 65536");
  }

  private int solr(String command, int port, Path solrHome) {
    CommandLine line = Main.commandLine();
    line.setOut(new PrintWriter(printed)).setErr(new PrintWriter(printed));
    return line.execute("solr", command, "--port=" + port, "--home=" + solrHome);
  }

  private void assertPrinted(String expected) {
    assertTrue(printed.toString(), printed.toString().contains(expected));
  }

  private static void hangUpOnEveryone(ServerSocket socket) {
    Thread thread =
        new Thread(
            () -> {
              try {
                while (true) {
                  socket.accept().close();
                }
              } catch (Exception e) {
                // The test closed the socket.
              }
            });
    thread.setDaemon(true);
    thread.start();
  }
}
