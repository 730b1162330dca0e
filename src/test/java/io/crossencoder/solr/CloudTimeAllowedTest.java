// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr;

import io.crossencoder.engine.TestModels;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.solr.client.solrj.response.QueryResponse;
import org.apache.solr.common.SolrInputDocument;
import org.apache.solr.common.util.NamedList;
import org.apache.solr.embedded.JettySolrRunner;
import org.junit.BeforeClass;
import org.junit.Test;

/**
 * Long passages and little time, on 3 shards with 2 replicas: how many pages have no hits, beside
 * requests without a rerank. {@code -Dcloud.pages} asks for so many of each kind.
 */
public class CloudTimeAllowedTest extends CloudTestCase {

  private static final int PAGES = Integer.getInteger("cloud.pages", 2);

  @BeforeClass
  public static void index() throws Exception {
    JettySolrRunner third = cluster.startJettySolrRunner();
    TestModels.copy(TestModels.STARTER, Path.of(third.getSolrHome()).resolve("models"));
    List<SolrInputDocument> documents = new ArrayList<>();
    for (int i = 0; i < 1500; i++) {
      String overview = ("marathon " + i + " kilometers of rain and wind ").repeat(300);
      documents.add(new SolrInputDocument("id", "long" + i, "title", "T", "overview", overview));
    }
    collection(FILMS, 3, 2, "ExactStatsCache", documents);
    collection(ONE_CORE, 1, 1, "ExactStatsCache", documents);
  }

  private static final Map<String, String[]> KINDS =
      new TreeMap<>(
          Map.of(
              "1 page", new String[] {"fl", "id,title,score"},
              "2 transformer", new String[] {"fl", "id,title,score,c:[crossencoder]", "rows", "50"},
              "3 single pass",
                  new String[] {
                    "fl", "id,title,score,c:[crossencoder]", "distrib.singlePass", "true"
                  },
              "4 facets",
                  new String[] {"fl", "id,title", "facet", "true", "facet.field", "genres"}));

  @Test
  public void pagesWithoutHits() throws Exception {
    int asked = 0;
    for (int warm = 0; warm < 5; warm++) {
      for (String scope : SCOPES) {
        select(
            FILMS,
            "q",
            "marathon",
            "rq",
            "{!crossencoder query='w" + warm + "' reRankScope=" + scope + "}");
      }
    }
    for (String collection : List.of(System.getProperty("cloud.of", FILMS))) {
      for (Map.Entry<String, String[]> kind : KINDS.entrySet()) {
        for (int allowed : new int[] {50, 100, 250, 1000})
          if (PAGES > 5 || allowed != 1000) {
            Map<String, Integer> count = new TreeMap<>();
            for (int i = 0; i < PAGES; i++) {
              for (String scope : List.of("plain", "shard", "global")) {
                List<String> request = new ArrayList<>(List.of(kind.getValue()));
                request.addAll(
                    List.of("q", "marathon kilometers^" + ++asked, "timeAllowed", "" + allowed));
                if (scope.equals("plain")) {
                  request.replaceAll(v -> v.replace(",c:[crossencoder]", ""));
                } else {
                  request.addAll(
                      List.of(
                          "rq",
                          "{!crossencoder reRankDocs=200 passage=maxp maxWindows=8 query='run "
                              + asked
                              + "' reRankScope="
                              + scope
                              + "}"));
                }
                long start = System.nanoTime();
                QueryResponse page = select(collection, request.toArray(String[]::new));
                long ms = (System.nanoTime() - start) / 1_000_000;
                NamedList<Object> section = section(page);
                boolean empty = page.getResults() == null || page.getResults().isEmpty();
                String outcome = section == null ? "-" : (String) section.get("outcome");
                count.merge(scope + (empty ? " EMPTY " : " hits ") + outcome, 1, Integer::sum);
                if (ms > allowed) {
                  count.merge(scope + " late", 1, Integer::sum);
                }
              }
            }
            System.out.println(
                "@@ " + collection + " " + kind.getKey() + " timeAllowed=" + allowed + " " + count);
          }
      }
    }
  }
}
