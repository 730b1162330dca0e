// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.List;
import java.util.Map;
import org.apache.solr.client.solrj.request.json.JsonQueryRequest;
import org.apache.solr.client.solrj.response.QueryResponse;
import org.junit.Test;

/** The ways to request reranking. */
public class RequestFormsTest extends FullConfigTestCase {

  private static final String RQ = "{!crossencoder reRankDocs=20}";

  private static List<String> reranked() throws Exception {
    return ids(select("q", Q, "rq", RQ));
  }

  @Test
  public void byTheDefaultsOfAHandlerThatARequestMayReplace() throws Exception {
    assertEquals(reranked(), ids(select("q", Q, "qt", "/defaults")));
    List<String> own = ids(select("q", Q, "qt", "/defaults", "rq", "{!crossencoder reRankDocs=2}"));
    assertEquals(ids(select("q", Q, "rq", "{!crossencoder reRankDocs=2}")), own);
    assertNotEquals(reranked(), own);
  }

  @Test
  public void byTheAppendsOfAHandlerBehindTheRequestsOwn() throws Exception {
    assertEquals(reranked(), ids(select("q", Q, "qt", "/appends")));
    List<String> own = ids(select("q", Q, "qt", "/appends", "rq", "{!crossencoder reRankDocs=2}"));
    assertEquals(ids(select("q", Q, "rq", "{!crossencoder reRankDocs=2}")), own);
  }

  @Test
  public void byTheInvariantsOfAHandlerWhateverTheRequestSays() throws Exception {
    assertEquals(
        reranked(), ids(select("q", Q, "qt", "/invariants", "rq", "{!crossencoder reRankDocs=2}")));
  }

  @Test
  public void byAParameterSet() throws Exception {
    assertEquals(reranked(), ids(select("q", Q, "useParams", "reranked")));
  }

  @Test
  public void byTheJsonRequestDsl() throws Exception {
    JsonQueryRequest request =
        new JsonQueryRequest().setQuery(Q).withParam("rq", RQ).withFilter("genres:War").setLimit(5);
    QueryResponse page = request.process(solr.getSolrClient("tmdb"));
    assertEquals(ids(select("q", Q, "fq", "genres:War", "rows", "5", "rq", RQ)), ids(page));
    assertEquals(5, page.getResults().size());
  }

  @Test
  public void byTheJsonRequestDslWhoseQueryHasTheText() throws Exception {
    JsonQueryRequest request =
        new JsonQueryRequest()
            .setQuery(
                Map.of(
                    "edismax",
                    Map.of(
                        "qf",
                        "title^2 overview tagline keywords",
                        "pf",
                        "title^2 overview",
                        "tie",
                        "0.1",
                        "query",
                        Q)))
            .withParam("rq", RQ);
    assertEquals(reranked(), ids(request.process(solr.getSolrClient("tmdb"))));
  }

  @Test
  public void ofTwoTheFirst() throws Exception {
    assertEquals(reranked(), ids(select("q", Q, "rq", RQ, "rq", "{!crossencoder reRankDocs=2}")));
  }

  @Test
  public void byAnotherParameter() throws Exception {
    assertEquals(reranked(), ids(select("q", Q, "rq", "{!crossencoder reRankDocs=$n}", "n", "20")));
  }

  @Test
  public void pastTheResultCache() throws Exception {
    for (int i = 0; i < 2; i++) {
      QueryResponse page = select("q", Q, "rq", "{!crossencoder reRankDocs=20 cache=false}");
      assertEquals(reranked(), ids(page));
      assertEquals("complete", section(page).get("outcome"));
    }
  }

  @Test
  public void groupsByJsonFacetAreOfAllHits() throws Exception {
    String facet = "{by: {type: terms, field: original_language, limit: 3}}";
    JsonObject page =
        JsonParser.parseString(written("json", "q", Q, "rq", RQ, "json.facet", facet))
            .getAsJsonObject();
    int found = page.getAsJsonObject("response").get("numFound").getAsInt();
    assertEquals(found, page.getAsJsonObject("facets").get("count").getAsInt());
    assertTrue(found > 20);
  }
}
