// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.rerank;

import java.io.IOException;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Rescorer;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.util.BytesRef;
import org.apache.solr.common.SolrException;
import org.apache.solr.handler.component.QueryElevationComponent;
import org.apache.solr.search.QueryCommand;
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

  RerankCollector(
      int length,
      Rescorer rescorer,
      QueryCommand command,
      IndexSearcher searcher,
      Set<BytesRef> elevated,
      RerankContext context)
      throws IOException {
    super(
        context.ordering().reRankDocs(),
        PageOrder.collected(length, context.ordering()),
        rescorer,
        command,
        searcher,
        // Not to Solr's own: it adds to the best score, and a large one swallows what is added.
        null);
    this.context = context;
    this.order = new PageOrder(context.ordering(), elevation(searcher, elevated));
    this.command = command;
  }

  /** For each document the higher the further up an editor put it, and 0 for all others. */
  private static IntUnaryOperator elevation(IndexSearcher searcher, Set<BytesRef> elevated)
      throws IOException {
    if (elevated == null) {
      return doc -> 0;
    }
    var priorities =
        QueryElevationComponent.getBoostDocs((SolrIndexSearcher) searcher, elevated, null);
    return doc -> priorities.getOrDefault(doc, 0);
  }

  @Override
  public TopDocs topDocs(int start, int howMany) {
    // Without rows, too, Solr asks for hits: to have them in its cache for a request that may come.
    if (command.getLen() == 0 || getTotalHits() <= command.getOffset()) {
      new RerankReporter(context).noHits();
    }
    try {
      int collected = PageOrder.collected(start + howMany, context.ordering());
      TopDocs hits = super.topDocs(0, collected);
      if (context.isSkipped()) {
        return new TopDocs(hits.totalHits, order.elevated(hits.scoreDocs, start, howMany));
      }
      int window = context.ordering().reRankDocs();
      ScoreDoc[] page = order.page(hits.scoreDocs, window, start, howMany);
      if (context.ordering().minScore().isPresent()) {
        endPageAt(page.length);
      }
      return new TopDocs(hits.totalHits, page);
    } catch (SolrException e) {
      throw e.getCause() instanceof SolrException cause ? cause : e;
    }
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
