// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr;

import io.crossencoder.engine.HeldWorkers;
import java.util.List;
import org.apache.solr.client.solrj.response.QueryResponse;
import org.apache.solr.common.SolrInputDocument;
import org.junit.Test;

/** Known scores are not computed again, and incomplete results are not reused. */
@SuppressWarnings("try") // Workers are held, and nothing is done with them.
public class CachesTest extends FilmsTestCase {

  private static Object outcome(QueryResponse response) {
    return section(response).get("outcome");
  }

  @Test
  public void theSameRequestIsAnsweredByTheResultCache() throws Exception {
    String[] request = {"q", "a heist goes wrong", "rq", "{!crossencoder}"};
    QueryResponse first = select(request);
    QueryResponse second = select(request);
    assertEquals("complete", outcome(first));
    assertEquals("queryResultCache", outcome(second));
    assertEquals(ids(first), ids(second));
  }

  @Test
  public void theNextPageOfTheWindowCostsNothing() throws Exception {
    String q = "a boy, a girl, a king and the war";
    select("q", q, "rq", "{!crossencoder}");
    QueryResponse second = select("q", q, "start", "10", "rq", "{!crossencoder}");
    assertEquals("queryResultCache", outcome(second));
    QueryResponse far = select("q", q, "start", "60", "rq", "{!crossencoder}");
    assertEquals(section(far).get("candidates"), section(far).get("cached"));
    assertEquals(0, section(far).get("tokens"));
  }

  @Test
  public void aCommitOfOtherDocumentsCostsNothing() throws Exception {
    select("q", "robots", "rq", "{!crossencoder}");
    var client = solr.getSolrClient("tmdb");
    client.add(new SolrInputDocument("id", "other", "title", "Nothing of the kind"));
    client.commit();
    try {
      QueryResponse again = select("q", "robots", "rq", "{!crossencoder}");
      assertEquals("complete", outcome(again));
      assertEquals(section(again).get("candidates"), section(again).get("cached"));
    } finally {
      client.deleteById("other");
      client.commit();
    }
  }

  @Test
  public void anotherTextModelWindowOrFieldIsAnotherResult() throws Exception {
    select("q", "pirates", "rq", "{!crossencoder}");
    for (String rq :
        List.of(
            "{!crossencoder query=ships}",
            "{!crossencoder reRankDocs=49}",
            "{!crossencoder fields=title}")) {
      assertEquals(rq, "complete", outcome(select("q", "pirates", "rq", rq)));
    }
  }

  @Test
  public void anIncompleteResultIsNotGivenOutAgain() throws Exception {
    String q = "war love ship dog king night city girl man house";
    String rq = "{!crossencoder reRankDocs=200 reRankTimeout=%s}";
    QueryResponse cut;
    try (HeldWorkers held = holdWorkers()) {
      cut = select("q", q, "rq", String.format(java.util.Locale.ROOT, rq, 1));
    }
    assertEquals("partial", outcome(cut));
    int candidates = (Integer) section(cut).get("candidates");
    assertTrue((Integer) section(cut).get("scored") < candidates);
    QueryResponse whole = select("q", q, "rq", String.format(java.util.Locale.ROOT, rq, 3_600_000));
    assertEquals("complete", outcome(whole));
    assertEquals(candidates, section(whole).get("scored"));
    QueryResponse again = select("q", q, "rq", String.format(java.util.Locale.ROOT, rq, 3_600_000));
    assertEquals("queryResultCache", outcome(again));
    assertEquals(ids(whole), ids(again));
  }
}
