// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.rerank;

import io.crossencoder.solr.page.Elevation;
import io.crossencoder.solr.page.PageOrder;
import io.crossencoder.solr.page.TieOrder;
import io.crossencoder.solr.report.RerankContext;
import io.crossencoder.solr.report.RerankReporter;
import io.crossencoder.solr.request.ShardMessages;
import java.io.IOException;
import java.util.Arrays;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.search.TotalHits;
import org.apache.solr.common.SolrException;
import org.apache.solr.request.SolrRequestInfo;
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

  /** As many hits as are wanted at most, in their final order; how many there are in all. */
  private TopDocs reranked() {
    if (reranked == null) {
      // Without rows, too, Solr asks for hits: to have them in its cache for a request to come.
      int hits = super.getTotalHits();
      if (command.getLen() == 0 || context.ordering().hasNoPage(hits, start())) {
        new RerankReporter(context).noHits();
      }
      // The whole window, for the page may want hits of all of it: elevated ones, and those that
      // follow the ones that leave.
      reranked = reranked(collected(Math.max(length, context.ordering().reRankDocs())));
    }
    return reranked;
  }

  /** Where the page starts, maybe one of several shards together. */
  private int start() {
    SolrRequestInfo request = SolrRequestInfo.getRequestInfo();
    int ofAll = request == null ? 0 : ShardMessages.start(request.getReq().getParams());
    return Math.max(ofAll, command.getOffset());
  }

  private TopDocs collected(int wanted) {
    try {
      return super.topDocs(0, wanted);
    } catch (SolrException e) {
      if (e.getCause() instanceof QueryLimitsExceededException cause) {
        throw cause;
      }
      throw e.getCause() instanceof SolrException cause ? cause : e;
    }
  }

  private TopDocs reranked(TopDocs hits) {
    if (context.isSkipped()) {
      return new TopDocs(hits.totalHits, order.elevated(hits.scoreDocs, 0, length));
    }
    ScoreDoc[] kept =
        order.staying(hits.scoreDocs, context.ordering().reRankDocs(), context.removes());
    TotalHits total = hits.totalHits;
    if (context.removes()) {
      // Kept here: what holds it in TotalHits is a field in Lucene 9 and a method in 10.
      staying = kept.length;
      new RerankReporter(context).removed(super.getTotalHits() - staying);
      total = new TotalHits(staying, TotalHits.Relation.EQUAL_TO);
    }
    return new TopDocs(total, order.elevated(kept, 0, length));
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
