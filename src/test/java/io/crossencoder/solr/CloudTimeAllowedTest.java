// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.crossencoder.engine.TestModels;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.apache.solr.client.solrj.SolrServerException;
import org.apache.solr.client.solrj.response.QueryResponse;
import org.apache.solr.common.SolrException;
import org.apache.solr.common.SolrException.ErrorCode;
import org.apache.solr.common.SolrInputDocument;
import org.apache.solr.embedded.JettySolrRunner;
import org.apache.solr.handler.component.ResponseBuilder;
import org.junit.BeforeClass;
import org.junit.Test;

/**
 * Time limits that are reached before a page is complete, with long passages on 3 shards with 2
 * replicas. {@code -Dcloud.pages} is a number of requests, for which pages without hits are counted
 * with and without {@code rq}.
 */
public class CloudTimeAllowedTest extends CloudTestCase {

  private static final int PAGES = Integer.getInteger("cloud.pages", 0);
  private static final int DOCUMENTS = PAGES > 0 ? 1500 : 200;
  private static final String TIME = "400";

  @BeforeClass
  public static void index() throws Exception {
    JettySolrRunner third = cluster.startJettySolrRunner();
    TestModels.copy(TestModels.STARTER, Path.of(third.getSolrHome()).resolve("models"));
    List<SolrInputDocument> documents = new ArrayList<>();
    for (int i = 0; i < DOCUMENTS; i++) {
      String overview = ("marathon " + i + " kilometers of rain and wind ").repeat(300);
      documents.add(new SolrInputDocument("id", "long" + i, "title", "T", "overview", overview));
    }
    collection(FILMS, 3, 2, "ExactStatsCache", documents);
  }

  private static QueryResponse run(String scope, String... more) throws Exception {
    String rq = ask(scope).replace("{!crossencoder ", "{!crossencoder passage=maxp maxWindows=8 ");
    return select(FILMS, FilmsTestCase.with(new String[] {"q", "marathon", "rq", rq}, more));
  }

  /**
   * Solr 10 fails if the time limit is reached while it writes the documents of a response, with or
   * without rq.
   */
  private static Optional<QueryResponse> unlessSolrFails(Callable<QueryResponse> request)
      throws Exception {
    try {
      return Optional.of(request.call());
    } catch (SolrServerException | SolrException e) {
      assertEquals(e.getMessage(), "10", System.getProperty("solr.major"));
      String message = e.getMessage() + " " + e.getCause();
      assertTrue(message, message.matches("(?s).*(limits|took too long).*"));
      return Optional.empty();
    }
  }

  private static boolean isEmpty(QueryResponse page) {
    // Solr's own response has no list at all if the time is over as it merges.
    return page.getResults() == null || page.getResults().isEmpty();
  }

  private static void assertSaysWhy(QueryResponse page) {
    assertTrue(page.getResponseHeader().getBooleanArg("partialResults"));
    assertEquals("partial", section(page).get("outcome"));
    String hint = (String) section(page).get("hint");
    assertTrue(hint, hint.contains("before the page was complete"));
  }

  private static void assertEmptyPageSaysWhy(QueryResponse page) {
    assertTrue(isEmpty(page));
    assertSaysWhy(page);
  }

  /** Waits until the time limit of the request is reached. */
  private static void wait(ResponseBuilder builder) {
    try {
      MILLISECONDS.sleep(Long.parseLong(TIME));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  public void timeThatIsOverAsDocumentsAreFetchedIsNotComplete() throws Exception {
    for (String scope : SCOPES) {
      for (String fl : List.of("id,title,score", "id,title,score,c:[crossencoder tail=true]")) {
        ShardHook.fetch = CloudTimeAllowedTest::wait;
        unlessSolrFails(() -> run(scope, "timeAllowed", TIME, "fl", fl))
            .ifPresent(CloudTimeAllowedTest::assertEmptyPageSaysWhy);
      }
    }
  }

  @Test
  public void timeThatIsOverAsShardsSearchIsNoFailure() throws Exception {
    for (String scope : SCOPES) {
      for (String singlePass : List.of("false", "true")) {
        ShardHook.step = CloudTimeAllowedTest::wait;
        String[] request = {"timeAllowed", TIME, "distrib.singlePass", singlePass};
        unlessSolrFails(() -> run(scope, request))
            .ifPresent(CloudTimeAllowedTest::assertEmptyPageSaysWhy);
      }
    }
  }

  @Test
  public void passagesThatAreNotReadInTimeAreNotScored() throws Exception {
    // The parts that are missing in the response of a shard if its time limit is reached before it
    // reads.
    ShardHook.step =
        builder -> {
          if (!ShardHook.shard(builder).equals("shard1")) {
            builder.rsp.getValues().remove("crossEncoderEvidence");
            builder.rsp.setPartialResults(builder.req);
          }
        };
    for (String blend : List.of("", "blend='ce+0.01*popularity' ")) {
      String rq = ask("global").replace("{!crossencoder ", "{!crossencoder " + blend);
      String[] request = {"q", "marathon", "rq", rq, "rows", "30", "sort", "score desc,id asc"};
      QueryResponse page = select(FILMS, request);
      assertEquals(section(page).toString(), "partial", section(page).get("outcome"));
      assertEquals(30, page.getResults().size());
      assertTrue(number(page, "scored") > 0 && number(page, "scored") < 15);
      assertScoresFall(page);
    }
  }

  @Test
  public void documentsThatAShardDoesNotReturnAreCounted() throws Exception {
    ShardHook.fetch =
        builder -> {
          if (ShardHook.shard(builder).equals("shard1")) {
            throw new SolrException(ErrorCode.SERVER_ERROR, "no documents today");
          }
        };
    for (String scope : SCOPES) {
      QueryResponse page =
          run(scope, "rows", "30", "sort", "score desc,id asc", "shards.tolerant", "true");
      int lost = 30 - page.getResults().size();
      assertTrue("" + lost, lost > 0 && lost < 30);
      assertEquals("partial", section(page).get("outcome"));
      String hint = (String) section(page).get("hint");
      assertTrue(hint, hint.startsWith(lost + " documents of the page are missing"));
    }
  }

  @Test
  public void pagesWithoutHitsAreCounted() throws Exception {
    assumeTrue("-Dcloud.pages", PAGES > 0);
    Map<String, String[]> kinds = new TreeMap<>();
    kinds.put("documents", new String[] {"fl", "id,title,score"});
    kinds.put("[crossencoder]", new String[] {"fl", "id,title,score,c:[crossencoder]"});
    kinds.put("singlePass", new String[] {"fl", "id,title", "distrib.singlePass", "true"});
    for (int allowed : new int[] {50, 100, 250, 1000}) {
      for (Map.Entry<String, String[]> kind : kinds.entrySet()) {
        Map<String, Integer> empty =
            new TreeMap<>(Map.of("without rq", 0, "shard", 0, "global", 0));
        for (int i = 0; i < PAGES; i++) {
          String[] request = FilmsTestCase.with(kind.getValue(), "timeAllowed", "" + allowed);
          for (String scope : SCOPES) {
            Optional<QueryResponse> page = unlessSolrFails(() -> run(scope, request));
            // The time limit can be reached before the reranking.
            if (page.isPresent() && isEmpty(page.get()) && section(page.get()) != null) {
              assertSaysWhy(page.get());
            }
            empty.merge(
                scope, page.map(CloudTimeAllowedTest::isEmpty).orElse(true) ? 1 : 0, Integer::sum);
          }
          request[1] = request[1].replace(",c:[crossencoder]", "");
          String[] plain = FilmsTestCase.with(request, "q", "marathon rain^" + (i + 1));
          Optional<QueryResponse> page = unlessSolrFails(() -> select(FILMS, plain));
          empty.merge(
              "without rq",
              page.map(CloudTimeAllowedTest::isEmpty).orElse(true) ? 1 : 0,
              Integer::sum);
        }
        System.out.println(
            "timeAllowed="
                + allowed
                + " "
                + kind.getKey()
                + ": without hits of "
                + PAGES
                + ": "
                + empty);
      }
    }
  }
}
