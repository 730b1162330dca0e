// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathFactory;
import org.apache.solr.client.solrj.response.QueryResponse;
import org.apache.solr.common.SolrDocument;
import org.apache.solr.common.util.NamedList;
import org.junit.Test;
import org.xml.sax.InputSource;

/** Other parts of the response are the same as without reranking, except for the order of hits. */
public class ComponentsTest extends FullConfigTestCase {

  private static final String RQ = "{!crossencoder}";

  /** The reranked response; this part must be the same without reranking. */
  private static void assertUnchanged(String part, String... params) throws Exception {
    Object without = select(with(params, "q", Q)).getResponse().get(part);
    assertNotNull(part, without);
    // The second response comes from the caches.
    for (int i = 0; i < 2; i++) {
      QueryResponse reranked = select(with(params, "q", Q, "rq", RQ));
      assertEquals(without.toString(), reranked.getResponse().get(part).toString());
      if (i == 1) {
        assertEquals("queryResultCache", section(reranked).get("outcome"));
      }
    }
  }

  @Test
  public void facetsCountAllHits() throws Exception {
    String[] fields = {
      "facet", "true", "facet.field", "genres", "facet.query", "popularity:[10 TO *]"
    };
    assertUnchanged("facet_counts", fields);
    assertUnchanged(
        "facet_counts",
        "facet",
        "true",
        "facet.range",
        "vote_count",
        "facet.range.start",
        "0",
        "facet.range.end",
        "10000",
        "facet.range.gap",
        "1000",
        "facet.pivot",
        "original_language,genres");
    assertUnchanged(
        "facet_counts",
        with(
            fields, "fq", "{!tag=t}genres:War", "facet.field", "{!ex=t key=all}original_language"));
  }

  @Test
  public void jsonFacetsCountAllHits() throws Exception {
    assertUnchanged(
        "facets",
        "json.facet",
        "{languages: {type: terms, field: original_language, facet: {votes: 'avg(vote_count)'}},"
            + " popular: {type: query, q: 'popularity:[10 TO *]'}, most: 'max(vote_count)'}");
  }

  @Test
  public void statsAreOfAllHits() throws Exception {
    assertUnchanged("stats", "stats", "true", "stats.field", "popularity", "fq", "genres:War");
  }

  @Test
  public void aDocSetThatIsKnownAlreadyIsTheOneOfTheQuery() throws Exception {
    String[] counts = {"facet", "true", "facet.field", "genres", "q", "king"};
    Object without = select(counts).getResponse().get("facet_counts");
    select("q", "king", "rq", RQ);
    select("q", "king", "rows", "0", "fl", "id", "rq", RQ);
    Object reranked = select(with(counts, "rq", RQ)).getResponse().get("facet_counts");
    assertEquals(without.toString(), reranked.toString());
    assertEquals(ids(select("q", "king")), ids(select(counts)));
  }

  @Test
  public void hitsAreHighlightedAlike() throws Exception {
    for (String method : List.of("unified", "original")) {
      String[] request = {
        "q", Q, "rows", "50", "hl", "true", "hl.fl", "overview", "hl.method", method
      };
      Map<String, Map<String, List<String>>> without = select(request).getHighlighting();
      QueryResponse reranked = select(with(request, "rq", RQ));
      assertEquals(method, without, reranked.getHighlighting());
      List<String> order = new ArrayList<>();
      ((NamedList<?>) reranked.getResponse().get("highlighting"))
          .forEach((id, snippets) -> order.add(id));
      assertEquals(ids(reranked), order);
      assertTrue(without.toString(), without.toString().contains("<em>"));
    }
  }

  @Test
  public void functionsInTheFieldListAreComputedAlike() throws Exception {
    String[] request = {
      "q", Q, "rows", "50", "fl", "id,votes:sum(vote_count,1),bm25:query($q),[docid],[shard]"
    };
    List<SolrDocument> without = select(request).getResults();
    List<SolrDocument> reranked = select(with(request, "rq", RQ)).getResults();
    assertNotEquals(without.toString(), reranked.toString());
    for (SolrDocument hit : reranked) {
      SolrDocument same =
          without.stream().filter(o -> o.get("id").equals(hit.get("id"))).findFirst().orElseThrow();
      assertEquals(new TreeMap<>(same).toString(), new TreeMap<>(hit).toString());
    }
  }

  @Test
  public void theSectionIsWellFormedJson() throws Exception {
    String[] request = {"q", "a king", "rq", RQ, "json.nl", "arrarr", "indent", "false"};
    JsonObject section =
        JsonParser.parseString(written("json", request))
            .getAsJsonObject()
            .getAsJsonObject("crossEncoder");
    assertEquals("tmdb-starter", section.get("model").getAsString());
    assertTrue(section.get("candidates").getAsInt() > 0);
    assertTrue(section.get("elapsedMs").getAsDouble() > 0);
    assertEquals("complete", section.get("outcome").getAsString());
  }

  @Test
  public void theSectionIsWellFormedXml() throws Exception {
    String xml = written("xml", "q", "a queen", "rq", RQ);
    var document =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(xml)));
    var xpath = XPathFactory.newInstance().newXPath();
    String section = "/response/lst[@name='crossEncoder']";
    assertEquals("complete", xpath.evaluate(section + "/str[@name='outcome']", document));
    assertTrue(Integer.parseInt(xpath.evaluate(section + "/int[@name='tokens']", document)) > 0);
  }

  @Test
  public void writersOfHitsAloneWriteTheRerankedHits() throws Exception {
    List<String> lines =
        written("csv", "q", Q, "fl", "id", "rq", RQ, "csv.header", "false").lines().toList();
    assertEquals(ids(select("q", Q, "rq", RQ)), lines);
  }

  @Test
  public void theHeaderMayBeOmitted() throws Exception {
    QueryResponse page = select("q", "prince", "rq", RQ, "omitHeader", "true");
    assertNull(page.getResponseHeader());
    assertEquals("complete", section(page).get("outcome"));
  }

  @Test
  public void parametersAreEchoed() throws Exception {
    String header =
        select("q", Q, "rq", RQ, "echoParams", "all").getResponseHeader().get("params").toString();
    assertTrue(header, header.contains("rq={!crossencoder}"));
  }

  @Test
  public void timeZonesAreThoseOfTheRequest() throws Exception {
    assertUnchanged(
        "facet_counts",
        "TZ",
        "America/New_York",
        "facet",
        "true",
        "facet.range",
        "release_date",
        "facet.range.start",
        "NOW/DAY-1DAY",
        "facet.range.end",
        "NOW/DAY",
        "facet.range.gap",
        "+1DAY",
        "NOW",
        "1700000000000");
  }

  @Test
  public void realTimeGetKnowsNothingOfIt() throws Exception {
    QueryResponse film = select("qt", "/get", "id", "11", "rq", RQ);
    assertEquals("Star Wars", ((SolrDocument) film.getResponse().get("doc")).get("title"));
    assertNull(section(film));
  }

  @Test
  public void anExportKeepsItsOwnOrder() throws Exception {
    String[] export = {"qt", "/export", "q", "{!lucene}overview:war", "fl", "id", "sort", "id asc"};
    assertEquals(written("json", export), written("json", with(export, "rq", RQ)));
  }

  /** The sum of start and rows overflows, and Solr's empty page claims to have 2^31 - 1 hits. */
  @Test
  public void thePageOfAllRows() throws Exception {
    String page =
        written(
            "json",
            "q",
            Q,
            "rq",
            RQ,
            "start",
            "50",
            "rows",
            "2147483647",
            "fl",
            "ce:[crossencoder]");
    JsonObject response =
        JsonParser.parseString(page).getAsJsonObject().getAsJsonObject("response");
    assertEquals(0, response.getAsJsonArray("docs").size());
  }
}
