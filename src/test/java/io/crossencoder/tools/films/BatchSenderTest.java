// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.films;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import io.crossencoder.tools.common.CommandException;
import io.crossencoder.tools.common.SolrTarget;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.apache.solr.client.solrj.SolrClient;
import org.apache.solr.client.solrj.SolrRequest;
import org.apache.solr.client.solrj.SolrServerException;
import org.apache.solr.client.solrj.request.UpdateRequest;
import org.apache.solr.common.SolrException;
import org.apache.solr.common.SolrInputDocument;
import org.apache.solr.common.util.NamedList;
import org.junit.Test;

public final class BatchSenderTest {
  private final FakeSolr solr = new FakeSolr();
  private final IndexReport report = new IndexReport();
  private final BatchSender sender =
      new BatchSender(
          solr,
          new SolrTarget(URI.create("http://127.0.0.1:1/solr"), "tmdb"),
          100,
          Duration.ZERO,
          report);

  private void send(int documents) {
    for (int id = 0; id < documents; id++) {
      sender.add(new SolrInputDocument("id", "" + id));
    }
    sender.flush();
  }

  private static SolrException code(int code) {
    return new SolrException(SolrException.ErrorCode.getErrorCode(code), "as told");
  }

  @Test
  public void aFullBatchIsSentAtOnce() {
    send(250);
    assertEquals(List.of(100, 100, 50), solr.batches);
  }

  @Test
  public void whatMayPassIsTriedThreeTimes() {
    solr.failures.add(new IOException("reset"));
    solr.failures.add(code(503));
    send(5);
    assertEquals(5, report.indexed());
  }

  @Test
  public void theThirdFailureEndsIt() {
    for (int i = 0; i < 3; i++) {
      solr.failures.add(new IOException("reset"));
    }
    assertThrows(CommandException.class, () -> send(5));
    assertEquals(3, solr.batches.size());
  }

  @Test
  public void tooManyRequestsIsTriedAgain() {
    solr.failures.add(code(429));
    send(5);
    assertEquals(List.of(5, 5), solr.batches);
  }

  @Test
  public void aServerErrorIsNotTriedAgain() {
    solr.failures.add(code(500));
    CommandException failure = assertThrows(CommandException.class, () -> send(5));
    assertEquals("Solr returned 500: as told", failure.getMessage());
    assertEquals(1, solr.batches.size());
  }

  @Test
  public void aRefusedBatchIsSentOneByOne() {
    solr.refused = "3";
    send(5);
    assertEquals(List.of(5, 1, 1, 1, 1, 1), solr.batches);
    assertEquals("  rejected by Solr: as told: 3", report.lines().get(1));
  }

  @Test
  public void aSolrThatRefusesEverythingIsNotAskedOnAndOn() {
    solr.refused = "";
    CommandException failure = assertThrows(CommandException.class, () -> send(100));
    assertTrue(failure.getMessage(), failure.getMessage().startsWith("tmdb rejects every film"));
    assertEquals(11, solr.batches.size());
  }

  /**
   * Fails with these exceptions first, then rejects batches with an id; an empty id: all batches.
   */
  private static final class FakeSolr extends SolrClient {
    private static final long serialVersionUID = 1L;

    private final transient Deque<Exception> failures = new ArrayDeque<>();
    private final transient List<Integer> batches = new ArrayList<>();
    private String refused;

    @Override
    public NamedList<Object> request(SolrRequest<?> request, String collection)
        throws SolrServerException, IOException {
      List<SolrInputDocument> documents = ((UpdateRequest) request).getDocuments();
      batches.add(documents.size());
      Exception failure = failures.poll();
      if (failure instanceof IOException io) {
        throw io;
      }
      if (failure instanceof SolrException solr) {
        throw solr;
      }
      if (refused != null
          && documents.stream()
              .anyMatch(d -> refused.isEmpty() || refused.equals(d.getFieldValue("id")))) {
        throw code(400);
      }
      return new NamedList<>();
    }

    @Override
    public void close() {}
  }
}
