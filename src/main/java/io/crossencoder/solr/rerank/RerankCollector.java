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
 * Solr's collector, with the {@linkplain PageOrder order} of ours; a page behind the last hit costs
 * nothing, and an error is not turned into a 400.
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
        // Not to Solr's own: it adds to the best score, and a large one swallows what is added.
        null);
    this.context = context;
    this.order = new PageOrder(context.ordering(), Elevation.of(command.getSort(), searcher));
    this.command = command;
    this.length = length;
  }

  /**
   * {@inheritDoc}
   *
   * <p>With {@code minScore} the hits that stay. Where Solr makes the set of all hits as well, for
   * facets, it holds this number against that set; there the search component puts it right.
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
   * All of it: the hits of the main query, the best of them rescored, those that stay, and on top
   * what an editor put there. As many as are wanted at most, and how many there are in all.
   */
  private TopDocs rerank() {
    // Without rows, too, Solr asks for hits: to have them in its cache for a request to come.
    if (command.getLen() == 0 || context.ordering().hasNoPage(super.getTotalHits(), start())) {
      new RerankReporter(context).noHits();
    }
    int reRankDocs = context.ordering().reRankDocs();
    // The whole window, for the page may want hits of all of it: elevated ones, and those that
    // follow the ones that leave.
    TopDocs rescored = collectAndRescore(Math.max(length, reRankDocs));
    ScoreDoc[] hits = rescored.scoreDocs;
    int window = context.isSkipped() ? hits.length : reRankDocs;
    ScoreDoc[] kept = order.staying(hits, window, context.removes());
    TotalHits total = context.removes() ? count(kept.length) : rescored.totalHits;
    return new TopDocs(total, order.elevated(kept, 0, length));
  }

  /** Where the page starts, maybe one of several shards together. */
  private int start() {
    int ofAll = ThisRequest.params().map(ShardMessages::start).orElse(0);
    return Math.max(ofAll, command.getOffset());
  }

  /** Solr takes the hits of the main query to the {@link FailOpenRescorer}. */
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
    // Kept here: what holds it in TotalHits is a field in Lucene 9 and a method in 10.
    staying = kept;
    new RerankReporter(context).removed(super.getTotalHits() - kept);
    return new TotalHits(kept, TotalHits.Relation.EQUAL_TO);
  }

  /**
   * Lets the page end where the hits do. Solr takes fewer hits than the page has room for, and than
   * it counted, for a list that was cut off, and answers with none at all.
   */
  private void endPageAt(int hits) {
    command.setOffset(Math.min(command.getOffset(), hits));
    command.setLen(Math.min(command.getLen(), hits - command.getOffset()));
  }
}
