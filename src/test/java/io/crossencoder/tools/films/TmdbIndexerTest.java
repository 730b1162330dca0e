// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.films;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import io.crossencoder.tools.FilmsSolr;
import io.crossencoder.tools.common.CommandException;
import io.crossencoder.tools.common.Progress;
import io.crossencoder.tools.common.SolrTarget;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.solr.client.solrj.SolrClient;
import org.apache.solr.client.solrj.SolrQuery;
import org.apache.solr.common.SolrDocumentList;
import org.junit.Before;
import org.junit.ClassRule;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** The indexer against a real Solr over HTTP. */
public final class TmdbIndexerTest {
  @ClassRule public static final FilmsSolr SOLR = new FilmsSolr();

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  @Before
  public void emptyTheIndex() throws Exception {
    SOLR.clear();
  }

  private IndexReport index(String json) throws IOException {
    return index(json, SOLR.target(), 3);
  }

  private IndexReport index(String json, SolrTarget target, int batch) throws IOException {
    Path file = folder.newFile().toPath();
    Files.writeString(file, json);
    return new TmdbIndexer(target, batch).index(file, size -> Progress.NONE);
  }

  private static SolrDocumentList find(String query) throws Exception {
    try (SolrClient client = SOLR.target().connect()) {
      return client
          .query(new SolrQuery(query).setFields("*").setSort("id", SolrQuery.ORDER.asc))
          .getResults();
    }
  }

  private static String films(int count) {
    StringBuilder json = new StringBuilder("{");
    for (int id = 1; id <= count; id++) {
      json.append("\"" + id + "\":{\"title\":\"film " + id + "\"},");
    }
    json.setCharAt(json.length() - 1, '}');
    return json.toString();
  }

  @Test
  public void everyBatchArrivesAndTheLastShortOneToo() throws Exception {
    assertEquals(8, index(films(8)).indexed());
    assertEquals(8, find("*:*").getNumFound());
  }

  @Test
  public void indexingTwiceChangesNothing() throws Exception {
    index(films(8));
    index(films(8));
    assertEquals(8, find("*:*").getNumFound());
  }

  @Test
  public void anEmptyObjectIndexesNothing() throws Exception {
    assertEquals(List.of("0 indexed, 0 skipped."), index("{}").lines());
  }

  @Test
  public void skippedRecordsAreNamedByReason() throws Exception {
    assertEquals(
        List.of("1 indexed, 3 skipped.", "  empty: 1", "  no title: 2, 3"),
        index("{\"1\":{},\"2\":{\"id\":2},\"3\":{\"title\":null},\"4\":{\"title\":\"x\"}}")
            .lines());
  }

  @Test
  public void leftOutFieldsAreCounted() throws Exception {
    assertEquals(
        List.of("2 indexed, 0 skipped.", "  field vote_count omitted in 2 films: wrong type"),
        index(
                "{\"1\":{\"title\":\"x\",\"vote_count\":\"y\"},"
                    + "\"2\":{\"title\":\"x\",\"vote_count\":[3]}}")
            .lines());
  }

  @Test
  public void aFilmWithoutOverviewIsIndexed() throws Exception {
    index("{\"1\":{\"title\":\"x\",\"overview\":null},\"2\":{\"title\":\"y\"}}");
    assertEquals(2, find("-overview:[* TO *]").getNumFound());
  }

  @Test
  public void textComesBackAsItWas() throws Exception {
    String title = "👩‍🚀 עברית \u0001 千と千尋";
    index("{\"1\":{\"title\":\"" + title + "\"}}");
    assertEquals(title, find("id:1").get(0).getFirstValue("title"));
  }

  @Test
  public void aMegabyteOfOverviewIsIndexed() throws Exception {
    String overview = "word ".repeat(1 << 18).strip();
    index("{\"1\":{\"title\":\"x\",\"overview\":\"" + overview + "\"}}");
    assertEquals(overview, find("overview:word").get(0).getFirstValue("overview"));
  }

  @Test
  public void aRecordThatSolrRefusesIsTheOnlyOneLost() throws Exception {
    // Longer than the maximum term length of Lucene.
    String genre = "x".repeat(40_000);
    IndexReport report =
        index(
            "{\"1\":{\"title\":\"x\"},\"2\":{\"title\":\"x\",\"genres\":[\""
                + genre
                + "\"]},\"3\":{\"title\":\"x\"}}");
    assertEquals(2, report.indexed());
    assertEquals(1, report.skipped());
    String line = report.lines().get(1);
    assertTrue(line, line.startsWith("  rejected by Solr: ") && line.endsWith(": 2"));
    assertEquals(2, find("*:*").getNumFound());
  }

  @Test
  public void malformedJsonKeepsWhatStandsBeforeIt() throws Exception {
    CommandException failure =
        assertThrows(
            CommandException.class, () -> index(films(5).replace("}}", "},\n\"6\": oops}")));
    assertTrue(failure.getMessage(), failure.getMessage().contains(", line 2, column "));
    assertTrue(
        failure.getMessage(),
        failure.getMessage().endsWith(". Films indexed before this place: 5."));
    assertEquals(5, find("*:*").getNumFound());
  }

  @Test
  public void aFileThatWasCutShortIsSaidWithoutAParsersTerms() throws Exception {
    CommandException failure = assertThrows(CommandException.class, () -> index("{"));
    assertTrue(
        failure.getMessage(),
        failure.getMessage().contains("expected close marker for Object. Films indexed"));
  }

  @Test
  public void aMissingCollectionIsNamed() {
    CommandException failure =
        assertThrows(CommandException.class, () -> index("{}", SOLR.target("nope"), 3));
    assertTrue(failure.getMessage(), failure.getMessage().contains("has no collection 'nope'"));
  }

  @Test
  public void aSolrThatIsNotThereIsNamed() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    URI nobody = URI.create("http://127.0.0.1:" + port + "/solr");
    CommandException failure =
        assertThrows(CommandException.class, () -> index("{}", new SolrTarget(nobody, "tmdb"), 3));
    assertTrue(
        failure.getMessage(),
        failure.getMessage().startsWith("no response from Solr at " + nobody));
  }

  @Test
  public void aMissingFileIsNamed() {
    CommandException failure =
        assertThrows(
            CommandException.class,
            () ->
                new TmdbIndexer(SOLR.target(), 3).index(Path.of("no.json"), size -> Progress.NONE));
    assertEquals("no such file: no.json", failure.getMessage());
  }

  @Test
  public void aDirectoryIsNoFile() {
    CommandException failure =
        assertThrows(
            CommandException.class,
            () ->
                new TmdbIndexer(SOLR.target(), 3)
                    .index(folder.getRoot().toPath(), size -> Progress.NONE));
    assertTrue(failure.getMessage(), failure.getMessage().endsWith("specify the tmdb.json in it"));
  }
}
