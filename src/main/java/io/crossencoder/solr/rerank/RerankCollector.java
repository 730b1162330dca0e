// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.rerank;

import io.crossencoder.solr.page.Elevation;
import io.crossencoder.solr.page.PageOrder;
import io.crossencoder.solr.page.TieOrder;
import io.crossencoder.solr.report.RerankContext;
import io.crossencoder.solr.report.RerankReporter;
import io.crossencoder.solr.request.ShardMessages;
import io.crossencoder.solr.request.ThisRequest;
import java.io.IOException;
import java.util.Arrays;
import org.apache.lucene.index.ExitableDirectoryReader.ExitingReaderException;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.search.TotalHits;
import org.apache.solr.common.SolrException;
import org.apache.solr.search.QueryCommand;
import org.apache.solr.search.QueryLimitsExceededException;
import org.apache.solr.search.ReRankCollector;
import org.apache.solr.search.SolrIndexSearcher;

/**
 * Solr's reranking collector with our {@linkplain PageOrder order}. Nothing is rescored if the page
 * starts after the last hit, and errors keep their HTTP status.
 */
final class RerankCollector extends ReRankCollector {

  private final RerankContext context;
  private final PageOrder order;
  private final QueryCommand command;
  private final int length;
  private TopDocs reranked;
  private int staying;

  RerankCollector(
      int length,
      FailOpenRescorer rescorer,
      QueryCommand command,
      IndexSearcher searcher,
      RerankContext context)
      throws IOException {
    super(
        context.ordering().reRankDocs(),
        length,
        rescorer.with(TieOrder.of(command.getSort(), searcher)),
        command,
        searcher,
        // Not passed to Solr's collector, which adds to the highest score and loses precision.
        null);
    this.context = context;
    this.order = new PageOrder(context.ordering(), Elevation.of(command.getSort(), searcher));
    this.command = command;
    this.length = length;
  }

  /**
   * {@inheritDoc}
   *
   * <p>With {@code minScore}, the number of remaining hits. If Solr also builds the set of all
   * hits, for facets, it compares the two numbers; the search component corrects the response.
   */
  @Override
  public int getTotalHits() {
    if (countsHits() && context.ordering().minScore().isPresent()) {
      reranked();
    }
    return countsHits() && context.removes() ? staying : super.getTotalHits();
  }

  private boolean countsHits() {
    return (command.getFlags() & SolrIndexSearcher.GET_DOCSET) == 0;
  }

  @Override
  public TopDocs topDocs(int start, int howMany) {
    TopDocs all = reranked();
    int to = Math.min(start + howMany, all.scoreDocs.length);
    ScoreDoc[] page = Arrays.copyOfRange(all.scoreDocs, Math.min(start, to), to);
    if (context.removes() && !countsHits()) {
      endPageAt(all.scoreDocs.length);
    }
    return new TopDocs(all.totalHits, page);
  }

  private TopDocs reranked() {
    if (reranked == null) {
      reranked = rerank();
    }
    return reranked;
  }

  /**
   * Collects the hits of the main query, rescores the candidates, removes hits, and puts elevated
   * documents first. Returns at most the requested hits and the total number.
   */
  private TopDocs rerank() {
    // With rows=0, Solr requests hits for its cache.
    if (command.getLen() == 0 || context.ordering().hasNoPage(super.getTotalHits(), start())) {
      new RerankReporter(context).noHits();
    }
    int reRankDocs = context.ordering().reRankDocs();
    // All candidates, because the page can contain any of them: elevated ones, and those that
    // follow removed ones.
    TopDocs rescored = collectAndRescore(Math.max(length, reRankDocs));
    ScoreDoc[] hits = rescored.scoreDocs;
    int window = context.isSkipped() ? hits.length : reRankDocs;
    ScoreDoc[] kept = order.staying(hits, window, context.removes());
    TotalHits total = context.removes() ? count(kept.length) : rescored.totalHits;
    return new TopDocs(total, order.elevated(kept, 0, length));
  }

  /** Start of the page; for a shard, of the collection's page. */
  private int start() {
    int ofAll = ThisRequest.params().map(ShardMessages::start).orElse(0);
    return Math.max(ofAll, command.getOffset());
  }

  /** Solr passes the hits of the main query to the {@link FailOpenRescorer}. */
  private TopDocs collectAndRescore(int wanted) {
    try {
      return super.topDocs(0, wanted);
    } catch (SolrException e) {
      if (e.getCause() instanceof QueryLimitsExceededException cause) {
        throw cause;
      }
      if (e.getCause() instanceof ExitingReaderException cause) {
        // Solr's limit ended the main query itself; Solr returns what it has, if it sees why.
        new RerankReporter(context).outOfTime();
        throw cause;
      }
      throw e.getCause() instanceof SolrException cause ? cause : e;
    }
  }

  private TotalHits count(int kept) {
    // Stored here, because the number in TotalHits is a field in Lucene 9 and a method in Lucene
    // 10.
    staying = kept;
    new RerankReporter(context).removed(super.getTotalHits() - kept);
    return new TotalHits(kept, TotalHits.Relation.EQUAL_TO);
  }

  /**
   * Ends the page at the last hit. Otherwise Solr would treat the missing hits as an incomplete
   * list and return none at all.
   */
  private void endPageAt(int hits) {
    command.setOffset(Math.min(command.getOffset(), hits));
    command.setLen(Math.min(command.getLen(), hits - command.getOffset()));
  }
}
