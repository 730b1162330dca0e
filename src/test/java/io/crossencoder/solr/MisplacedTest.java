// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr;

import org.apache.solr.common.util.NamedList;
import org.apache.solr.core.SolrCore;
import org.apache.solr.handler.component.SearchHandler;
import org.junit.Test;

/**
 * {@code {!crossencoder}} outside of {@code rq}, and the function in unsupported places, return
 * HTTP 400 with the reason.
 */
public class MisplacedTest extends FilmsTestCase {

  private static void assertRefused(String... params) {
    String message = badRequest(params);
    assertTrue(message, message.contains("rq={!crossencoder"));
  }

  @Test
  public void asTheQuery() {
    String q = "{!crossencoder}vietnam war";
    assertRefused("defType", "lucene", "q", q);
    assertRefused("defType", "lucene", "q", q, "fl", "id");
    assertRefused("defType", "lucene", "q", q, "rows", "0");
  }

  @Test
  public void asTheQueryThatIsReranked() {
    assertRefused("defType", "lucene", "q", "{!crossencoder}vietnam war", "rq", "{!crossencoder}");
  }

  @Test
  public void asAFilter() {
    assertRefused("q", "war", "fq", "{!crossencoder}vietnam war");
    assertRefused("q", "war", "fq", "{!crossencoder cache=false}vietnam war");
    assertRefused("q", "war", "fq", "{!crossencoder}", "rq", "{!crossencoder}");
  }

  @Test
  public void asPartOfAQuery() {
    assertRefused("q", "war", "bq", "{!crossencoder}vietnam war");
    assertRefused(
        "defType",
        "lucene",
        "q",
        "{!bool must=title:war should=$ce}",
        "ce",
        "{!crossencoder}vietnam war");
    assertRefused("q", "war", "boost", "query({!crossencoder v='vietnam war'})");
  }

  @Test
  public void asTheQueryOfSolrsOwnRerank() {
    assertRefused(
        "q", "war", "rq", "{!rerank reRankQuery=$ce reRankDocs=10}", "ce", "{!crossencoder}war");
  }

  @Test
  public void asAFacetQuery() {
    assertRefused("q", "war", "facet", "true", "facet.query", "{!crossencoder}vietnam war");
  }

  @Test
  public void inACollapseOfAHandlerWithoutTheComponent() throws Exception {
    SearchHandler handler = new SearchHandler();
    handler.init(new NamedList<>());
    try (SolrCore core = solr.getCoreContainer().getCore("tmdb")) {
      handler.inform(core);
      core.registerRequestHandler("/bare", handler);
    }
    String fq = "{!collapse field=original_language max=crossencoder($qq)}";
    String message = badRequest("qt", "/bare", "q", "*:*", "fq", fq, "qq", "war");
    assertTrue(message, message.contains("requires the search component: in solrconfig.xml"));
  }
}
