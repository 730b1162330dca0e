// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.solr.client.solrj.response.QueryResponse;
import org.apache.solr.common.SolrInputDocument;
import org.junit.BeforeClass;
import org.junit.Test;

/**
 * All films of TMDB and the queries of its judgments, if the files exist: with {@code
 * reRankScope=global}, every page is equal to that of one core.
 */
public class CloudTmdbTest extends CloudTestCase {

  private static final Path DATA = FilmsTestCase.ROOT.resolve("../shared/data");
  private static final Pattern QUERY = Pattern.compile("# qid:\\d+: (.*)\\*1");
  private static final int QUERIES = 50;
  private static final int PAGES = 5;

  @BeforeClass
  public static void index() throws Exception {
    assumeTrue("no films in " + DATA, Files.exists(DATA.resolve("tmdb.json")));
    List<SolrInputDocument> films = FilmsTestCase.films(DATA.resolve("tmdb.json"));
    collection(FILMS, 2, 2, "ExactStatsCache", films);
    collection(ONE_CORE, 1, 1, "ExactStatsCache", byShard(FILMS, films));
  }

  private static List<String> queries() throws Exception {
    try (var lines = Files.lines(DATA.resolve("judgments.txt"))) {
      return lines
          .map(QUERY::matcher)
          .filter(Matcher::matches)
          .map(line -> line.group(1))
          .limit(QUERIES)
          .toList();
    }
  }

  @Test
  public void everyPageOfEveryQueryIsThatOfOneCore() throws Exception {
    List<String> queries = queries();
    assertEquals(QUERIES, queries.size());
    int pages = 0;
    for (String q : queries) {
      for (int page = 0; page < PAGES; page++) {
        // In shard scope, a collection of one shard orders equal first-pass scores by uniqueKey.
        String rq = "{!crossencoder reRankDocs=30 reRankScope=global}";
        QueryResponse one = page(ONE_CORE, q, rq, page);
        QueryResponse global = page(FILMS, q, rq, page);
        String request = q + ", page " + (page + 1);
        assertEquals(request, one.getResults().getNumFound(), global.getResults().getNumFound());
        assertEquals(request, FilmsTestCase.ids(one), FilmsTestCase.ids(global));
        for (int i = 0; i < one.getResults().size(); i++) {
          assertEquals(
              request,
              FilmsTestCase.score(one.getResults().get(i)),
              FilmsTestCase.score(global.getResults().get(i)),
              NOISE);
        }
        if (!one.getResults().isEmpty()) {
          pages++;
          assertEquals(request, "complete", section(global).get("outcome"));
          assertEquals(
              request,
              Math.min(30, (int) one.getResults().getNumFound()),
              number(global, "candidates"));
        }
      }
    }
    assertTrue("only " + pages + " pages have hits", pages > 200);
  }
}
