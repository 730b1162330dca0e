// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.solr.client.solrj.SolrRequest.METHOD;
import org.apache.solr.client.solrj.request.GenericSolrRequest;
import org.apache.solr.common.SolrException;
import org.apache.solr.common.params.ModifiableSolrParams;
import org.apache.solr.common.util.NamedList;
import org.junit.After;
import org.junit.BeforeClass;
import org.junit.Test;

/** The options of the browse page, and the properties that the page receives. */
public class BrowseSettingsTest extends FilmsTestCase {

  private static String shipped;
  private static Path conf;
  private boolean changed;

  @BeforeClass
  public static void readShipped() throws Exception {
    conf = solr.getCoreContainer().getConfig().getSolrHome().resolve("tmdb/conf");
    shipped = Files.readString(conf.resolve("solrconfig.xml"));
  }

  @After
  public void restore() throws Exception {
    if (!changed) {
      return;
    }
    Files.writeString(conf.resolve("solrconfig.xml"), shipped);
    solr.getCoreContainer().reload("tmdb");
  }

  /** Replaces all settings of the handler. */
  private void configure(String settings) throws Exception {
    changed = true;
    String handler = "<requestHandler name=\"/browse\"";
    int from = shipped.indexOf('>', shipped.indexOf(handler)) + 1;
    Files.writeString(
        conf.resolve("solrconfig.xml"),
        shipped.substring(0, from)
            + settings
            + shipped.substring(shipped.indexOf("</requestHandler>", from)));
    solr.getCoreContainer().reload("tmdb");
  }

  private String refusal(String settings) {
    StringBuilder messages = new StringBuilder();
    for (Throwable e = expectThrows(SolrException.class, () -> configure(settings));
        e != null;
        e = e.getCause()) {
      messages.append(e.getMessage()).append('\n');
    }
    return messages.toString();
  }

  private void assertRefused(String settings, String... parts) {
    String message = refusal(settings);
    for (String part : parts) {
      assertTrue(message, message.contains(part));
    }
  }

  private static NamedList<?> ask(String path, String... params) throws Exception {
    ModifiableSolrParams asked = new ModifiableSolrParams();
    for (int i = 0; i < params.length; i += 2) {
      asked.set(params[i], params[i + 1]);
    }
    return solr.getSolrClient("tmdb").request(new GenericSolrRequest(METHOD.GET, path, asked));
  }

  private static Object grades(String query) throws Exception {
    return ask("/browse/grades", "q", query).get("grades");
  }

  @Test
  public void withoutSettingsThePageShowsWhatTheModelReads() throws Exception {
    configure("");
    NamedList<?> config = ask("/browse/config");
    assertEquals("title", config.get("title"));
    assertEquals(List.of("overview"), config.get("text"));
    assertEquals(List.of(), config.get("facts"));
    assertEquals(List.of(), config.get("examples"));
    assertEquals("/select", config.get("select"));
    assertEquals(List.of("tmdb-starter"), config.get("models"));
    assertEquals(false, config.get("judged"));
  }

  @Test
  public void theDefaultsOfTheParserAreTold() throws Exception {
    Map<?, ?> defaults = (Map<?, ?>) ask("/browse/config").get("defaults");
    assertEquals("50", defaults.get("reRankDocs"));
    assertEquals("tmdb-starter", defaults.get("model"));
  }

  @Test
  public void settingsWin() throws Exception {
    configure(
        "<str name='title'>id</str><str name='text'>tagline, overview</str>"
            + "<str name='facts'>genres</str>"
            + "<arr name='examples'><str>robots</str></arr>");
    NamedList<?> config = ask("/browse/config");
    assertEquals("id", config.get("title"));
    assertEquals(List.of("tagline", "overview"), config.get("text"));
    assertEquals(List.of("genres"), config.get("facts"));
    assertEquals(List.of("robots"), config.get("examples"));
  }

  @Test
  public void aSettingThatIsNotKnownStopsTheCore() {
    assertRefused(
        "<str name='tilte'>id</str>", "browse handler: tilte: is not a valid option", "title");
  }

  @Test
  public void aFieldThatIsNotThereStopsTheCore() {
    assertRefused("<str name='facts'>year</str>", "facts: year is not a field of the schema");
  }

  @Test
  public void aSchemaWithoutUniqueKeyStopsTheCore() throws Exception {
    Path schema = conf.resolve("schema.xml");
    String whole = Files.readString(schema);
    Files.writeString(schema, whole.replace("<uniqueKey>id</uniqueKey>", ""));
    try {
      assertRefused("", "browse handler: uniqueKey: not found in the schema");
    } finally {
      Files.writeString(schema, whole);
    }
  }

  @Test
  public void aHandlerThatIsNotThereStopsTheCore() {
    assertRefused("<str name='select'>/find</str>", "select: /find is not a requestHandler");
  }

  @Test
  public void aParserThatIsNotOursStopsTheCore() {
    assertRefused(
        "<str name='parser'>edismax</str>", "parser: edismax is not a queryParser with the class");
  }

  @Test
  public void judgmentsThatAreNotThereStopTheCore() {
    assertRefused("<str name='judgments'>none.txt</str>", "cannot read judgments file none.txt");
  }

  @Test
  public void judgmentsOfAnotherFormStopTheCoreWithTheLine() throws Exception {
    Files.writeString(conf.resolve("odd.txt"), "# qid:1: war*1\n1\tqid:1\t# 28\nwar,28,1\n");
    assertRefused("<str name='judgments'>odd.txt</str>", "odd.txt, line 3");
  }

  @Test
  public void gradesAreThoseOfTheQueryWhateverItsCaseAndSpaces() throws Exception {
    Map<?, ?> grades = (Map<?, ?>) grades("  Vietnam\t WAR ");
    assertEquals(41, grades.size());
    assertEquals(1, grades.get("792"));
    assertEquals(0, grades.get("4806"));
  }

  @Test
  public void aQueryThatNobodyJudgedHasNoGrades() throws Exception {
    assertNull(grades("space travel"));
  }

  @Test
  public void featuresAndWordsAroundAGradeAreNotRead() throws Exception {
    Files.writeString(
        conf.resolve("features.txt"), "# qid:7: C++ & 日本\n3 qid:7 1:0.5 2:1 # a/b words # more\n");
    configure("<str name='judgments'>features.txt</str>");
    assertEquals(Map.of("a/b", 3), grades("c++ & 日本"));
  }

  @Test
  public void gradesWantAQuery() {
    SolrException e = expectThrows(SolrException.class, () -> ask("/browse/grades"));
    assertEquals(400, e.code());
    assertTrue(e.getMessage(), e.getMessage().contains("browse: q=''"));
  }
}
