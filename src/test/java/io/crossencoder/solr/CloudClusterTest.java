// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr;

import io.crossencoder.engine.TestModels;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.apache.solr.client.solrj.response.QueryResponse;
import org.apache.solr.common.SolrDocument;
import org.apache.solr.common.SolrInputDocument;
import org.apache.solr.embedded.JettySolrRunner;
import org.junit.BeforeClass;
import org.junit.Test;

/** 3 nodes, 3 shards with 2 replicas: the page of the cluster is the page of the index. */
public class CloudClusterTest extends CloudTestCase {

  @BeforeClass
  public static void index() throws Exception {
    JettySolrRunner third = cluster.startJettySolrRunner();
    TestModels.copy(TestModels.STARTER, Path.of(third.getSolrHome()).resolve("models"));
    List<SolrInputDocument> films = films();
    collection(FILMS, 3, 2, "ExactStatsCache", films);
    collection(ONE_CORE, 1, 1, "ExactStatsCache", byShard(FILMS, films));
  }

  private static List<Object> pages(int count, String... params) throws Exception {
    List<Object> ids = new ArrayList<>();
    for (int page = 0; page < count; page++) {
      QueryResponse response =
          select(FILMS, FilmsTestCase.with(params, "rows", "10", "start", "" + page * 10));
      assertScoresFall(response);
      ids.addAll(ids(response));
    }
    return ids;
  }

  @Test
  public void ofEqualFinalScoresNoHitIsOnTwoPagesOrNone() throws Exception {
    String blend = "blend='ceil(ceProb*10)/10' reRankDocs=50";
    for (String sort : List.of("score desc", "score desc,id asc", "score desc,popularity asc")) {
      String[] request = {"q", Q, "rq", "{!crossencoder " + blend + "}", "sort", sort};
      List<Object> ids = pages(15, request);
      List<Object> whole = ids(select(FILMS, FilmsTestCase.with(request, "rows", "150")));
      assertEquals(sort, whole, ids);
      assertEquals(sort, whole.size(), new HashSet<>(ids).size());
    }
  }

  @Test
  public void equalFinalScoresAreInTheOrderOfTheRestOfTheSort() throws Exception {
    for (String scope : SCOPES) {
      String rq = "{!crossencoder blend='ceil(ceProb*4)' reRankDocs=60 reRankScope=" + scope + "}";
      for (String sort : List.of("score desc,id asc", "score desc, popularity desc, id desc")) {
        String[] request = {
          "q", Q, "rq", rq, "sort", sort, "rows", "60", "fl", "id,popularity,score"
        };
        List<SolrDocument> hits = select(FILMS, request).getResults();
        int ties = 0;
        for (int i = 1; i < hits.size(); i++) {
          SolrDocument one = hits.get(i - 1);
          SolrDocument other = hits.get(i);
          if (FilmsTestCase.score(one) == FilmsTestCase.score(other)) {
            ties++;
            int byId = ((String) one.get("id")).compareTo((String) other.get("id"));
            int order =
                sort.contains("popularity")
                    ? Float.compare(popularity(other), popularity(one))
                    : byId;
            assertTrue(scope + " " + sort, order == 0 ? byId > 0 : order < 0);
          }
        }
        assertTrue("only " + ties, ties > 20);
        if (scope.equals("global")) {
          assertEquals(
              ids(select(ONE_CORE, request)), hits.stream().map(h -> h.get("id")).toList());
        }
      }
    }
  }

  private static float popularity(SolrDocument hit) {
    return hit.get("popularity") instanceof Float known ? known : 0;
  }
}
