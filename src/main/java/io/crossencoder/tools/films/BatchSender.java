// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.films;

import io.crossencoder.tools.common.CommandException;
import io.crossencoder.tools.common.SolrTarget;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.solr.client.solrj.SolrClient;
import org.apache.solr.client.solrj.SolrServerException;
import org.apache.solr.common.SolrException;
import org.apache.solr.common.SolrException.ErrorCode;
import org.apache.solr.common.SolrInputDocument;

/**
 * Sends documents to Solr in batches. Temporary failures (no response, 429, 503) are retried,
 * because sending a document twice has no effect. The documents of a rejected batch are sent one by
 * one, so that only invalid documents are lost.
 */
final class BatchSender {
  private static final int TRIES = 3;
  private static final Set<Integer> PASSING =
      Set.of(ErrorCode.SERVICE_UNAVAILABLE.code, ErrorCode.TOO_MANY_REQUESTS.code);
  // If this many documents are rejected before any is accepted, the schema is wrong, not the
  // documents.
  private static final int ENOUGH_REFUSED = 10;

  private final SolrClient client;
  private final SolrTarget target;
  private final int batchSize;
  private final Duration firstPause;
  private final IndexReport report;
  private final List<SolrInputDocument> batch = new ArrayList<>();

  /**
   * A sender.
   *
   * @param firstPause pause before the first retry; the next pause is four times as long
   * @param report counts accepted documents and lists rejected ones
   */
  BatchSender(
      SolrClient client,
      SolrTarget target,
      int batchSize,
      Duration firstPause,
      IndexReport report) {
    this.client = client;
    this.target = target;
    this.batchSize = batchSize;
    this.firstPause = firstPause;
    this.report = report;
  }

  /**
   * Adds a document, and sends the batch if it is full.
   *
   * @throws CommandException if Solr does not respond, or rejects all documents
   */
  void add(SolrInputDocument document) {
    batch.add(document);
    if (batch.size() >= batchSize) {
      flush();
    }
  }

  /** Sends the remaining documents. */
  void flush() {
    if (batch.isEmpty()) {
      return;
    }
    if (refusal(batch) == null) {
      report.indexed(batch.size());
    } else {
      sendOneByOne();
    }
    batch.clear();
  }

  /** Commits the documents. */
  void commit() {
    request(client::commit);
  }

  private void sendOneByOne() {
    int refused = 0;
    for (SolrInputDocument document : batch) {
      SolrException refusal = refusal(List.of(document));
      if (refusal == null) {
        report.indexed(1);
        continue;
      }
      report.skipped(
          new TmdbRecord.Skipped(
              (String) document.getFieldValue("id"),
              "rejected by Solr: " + SolrTarget.message(refusal)));
      if (++refused >= ENOUGH_REFUSED && report.indexed() == 0) {
        throw new CommandException(
            target.collection()
                + " rejects every film: check that its schema is that of solr-config/ ("
                + SolrTarget.message(refusal)
                + ")",
            refusal);
      }
    }
  }

  /** The error of Solr (400); null if the documents were accepted. */
  private SolrException refusal(List<SolrInputDocument> documents) {
    try {
      request(() -> client.add(documents));
      return null;
    } catch (SolrException e) {
      return e;
    }
  }

  private void request(Request request) {
    Duration pause = firstPause;
    for (int tried = 1; ; tried++) {
      try {
        request.send();
        return;
      } catch (SolrServerException | IOException | SolrException e) {
        if (e instanceof SolrException refused && refused.code() == ErrorCode.BAD_REQUEST.code) {
          throw refused;
        }
        if (tried == TRIES || !mayPass(e)) {
          throw target.explain(e);
        }
      }
      sleep(pause);
      pause = pause.multipliedBy(4);
    }
  }

  private static boolean mayPass(Exception failure) {
    return !(failure instanceof SolrException refused) || PASSING.contains(refused.code());
  }

  private static void sleep(Duration pause) {
    try {
      Thread.sleep(pause.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandException("interrupted", e);
    }
  }

  @FunctionalInterface
  private interface Request {
    void send() throws SolrServerException, IOException;
  }
}
