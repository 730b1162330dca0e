// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.Before;
import org.junit.ClassRule;
import org.junit.Test;
import picocli.CommandLine;

/** The commands index-tmdb, search and demo. */
public final class FilmCommandsTest {
  @ClassRule public static final FilmsSolr SOLR = new FilmsSolr();

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Before
  public void emptyTheIndex() throws Exception {
    SOLR.clear();
  }

  private int run(String... arguments) {
    CommandLine line = Main.commandLine();
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    return line.execute(arguments);
  }

  private int index(String... arguments) {
    String[] all = new String[arguments.length + 3];
    all[0] = "index-tmdb";
    all[1] = "--solr";
    all[2] = SOLR.target().url();
    System.arraycopy(arguments, 0, all, 3, arguments.length);
    return run(all);
  }

  @Test
  public void indexTmdbSaysHowManyAreIndexed() {
    assertEquals(0, index(FilmsSolr.sample().toString()));
    assertTrue(out.toString(), out.toString().endsWith(" indexed, 0 skipped.\n"));
  }

  @Test
  public void statusSaysWhatTheModelsDo() {
    assertEquals(0, index(FilmsSolr.sample().toString()));
    assertEquals(0, run("search", "--solr", SOLR.target().url(), "war"));
    String home = "--home=" + SOLR.home();
    assertEquals(0, run("solr", "status", "--port=" + SOLR.port(), home));
    assertTrue(out.toString(), out.toString().contains("model   tmdb-starter: onnx/model.onnx, "));
    assertTrue(out.toString(), out.toString().contains(" busy, 0 pairs waiting\n"));
  }

  @Test
  public void indexTmdbOfAMissingFileFailsInOneLine() {
    assertEquals(1, index("no.json"));
    assertEquals("error: no such file: no.json\n", err.toString());
  }

  @Test
  public void indexTmdbOfNoFilmsARequestIsBadUsage() {
    assertEquals(2, index("--batch=0", "no.json"));
  }

  @Test
  public void searchTakesItsTextWithoutQuotes() {
    index(FilmsSolr.sample().toString());
    assertEquals(0, run("search", "--solr", SOLR.target().url(), "vietnam", "war"));
    assertTrue(out.toString(), out.toString().contains("Platoon (1986)"));
  }

  @Test
  public void searchSaysWhatSolrRefuses() {
    assertEquals(1, run("search", "--solr", SOLR.target().url(), "--rerank-docs=0", "war"));
    assertTrue(err.toString(), err.toString().startsWith("error: crossencoder: reRankDocs='0'"));
  }

  @Test
  public void searchWhereThereIsNoCollectionSaysSo() {
    String url = SOLR.target().url();
    assertEquals(1, run("search", "--solr", url, "--collection=nope", "war"));
    assertEquals(1, run("search", "--solr", url.replace("/solr", ""), "war"));
    List<String> lines = err.toString().lines().toList();
    assertTrue(lines.get(0), lines.get(0).contains(url + " has no collection 'nope'"));
    assertTrue(lines.get(1), lines.get(1).contains(" has no collection 'tmdb'"));
    assertTrue(lines.get(1), lines.get(1).endsWith("which usually ends in /solr"));
  }

  @Test
  public void searchOfAnotherServersPageSaysThatItIsNoSolr() throws Exception {
    String url;
    try (ServerSocket page = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      url = "http://127.0.0.1:" + page.getLocalPort();
      new Thread(() -> logIn(page)).start();
      assertEquals(1, run("search", "--solr", url, "war"));
    }
    assertTrue(
        err.toString(),
        err.toString().startsWith("error: " + url + " returned HTTP 200 and no response of Solr"));
    assertFalse(err.toString(), err.toString().contains("html"));
  }

  /** Returns a page for any request, until it is closed. */
  private static void logIn(ServerSocket server) {
    String page =
        "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n\r\n<html>Log in</html>";
    while (!server.isClosed()) {
      try (Socket client = server.accept()) {
        client.getInputStream().read();
        client.getOutputStream().write(page.getBytes(StandardCharsets.US_ASCII));
        client.shutdownOutput();
        client.getInputStream().readAllBytes();
      } catch (IOException e) {
        // The client or the server closed the connection.
      }
    }
  }

  @Test
  public void anAddressThatIsNoneIsNamed() {
    for (String bad : List.of("127.0.0.1:8983/solr", "localhost:8983", "http://", "ftp://a/b")) {
      assertEquals(bad, 1, run("search", "--solr", bad, "war"));
    }
    assertTrue(
        err.toString(), err.toString().startsWith("error: --solr must be a URL such as http://"));
  }

  @Test
  public void searchOfNoRowsIsBadUsage() {
    assertEquals(2, run("search", "--rows=0", "war"));
    assertEquals(2, run("demo", "--rows=0"));
  }

  @Test
  public void demoUsesTheSolrThatRunsAndSaysWhatToTryNext() {
    assertEquals(0, demo());
    assertTrue(out.toString(), out.toString().startsWith("Solr is already running"));
    assertTrue(out.toString(), out.toString().contains("Platoon (1986)"));
    assertTrue(out.toString(), out.toString().contains("/solr/tmdb/browse in a browser."));
    assertTrue(out.toString(), out.toString().contains("Try next:"));
  }

  @Test
  public void demoLeavesAnIndexAloneThatHasFilms() throws Exception {
    demo();
    long films;
    try (var client = SOLR.target().connect()) {
      client.deleteById("792");
      client.commit();
      films = SOLR.target().count(client);
    }
    out.getBuffer().setLength(0);
    demo();
    assertTrue(out.toString(), out.toString().contains("\n" + films + " films indexed.\n"));
  }

  @Test
  public void demoOnAnotherHomesPortSaysWhoseItIs() {
    int code = run("demo", "--port=" + SOLR.port(), "--home=" + SOLR.home().resolve("other"));
    assertEquals(1, code);
    assertTrue(
        err.toString(), err.toString().contains("is used by a Solr with the home directory"));
  }

  private int demo() {
    return run("demo", "--port=" + SOLR.port(), "--home=" + SOLR.home());
  }
}
