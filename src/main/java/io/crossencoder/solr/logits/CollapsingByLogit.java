// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.logits;

import io.crossencoder.solr.parameters.RerankParameter;
import io.crossencoder.solr.report.ResponseSection;
import io.crossencoder.solr.request.NeededComponent;
import io.crossencoder.solr.request.ThisRequest;
import java.util.List;
import java.util.Optional;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;
import org.apache.solr.common.SolrException;
import org.apache.solr.handler.component.ResponseBuilder;
import org.apache.solr.request.SolrQueryRequest;
import org.apache.solr.search.CollapsingQParserPlugin.CollapsingPostFilter;
import org.apache.solr.search.FunctionQParser;
import org.apache.solr.search.WrappedQuery;

/**
 * Supports {@code {!collapse}} with the function {@code crossencoder()}. Solr parses the function
 * during the search, without the request, and treats two filters as equal if the texts of their
 * functions are, even if they refer to different parameters.
 */
public final class CollapsingByLogit {

  private CollapsingByLogit() {}

  /**
   * Sets the request in the parser of a function.
   *
   * @throws SolrException 400, if another request could receive a wrong result from a cache
   */
  static void giveRequest(FunctionQParser function) {
    Optional<SolrQueryRequest> current = ThisRequest.request();
    boolean hasParameters =
        function.getParams() != null && function.getParams().iterator().hasNext();
    if (hasParameters || current.isEmpty()) {
      return;
    }
    NeededComponent.check("collapse", function.getString());
    function.setReq(current.get());
    function.setParams(current.get().getParams());
  }

  /** Adds the parameters of such a filter to the key of queryResultCache. */
  public static void tellApart(ResponseBuilder builder) {
    List<Query> filters = builder.getFilters();
    if (filters == null || filters.stream().noneMatch(CollapsingByLogit::isOne)) {
      return;
    }
    String parameters = builder.req.getParams().toQueryString();
    WrappedQuery all =
        new WrappedQuery(
            new BooleanQuery.Builder()
                .add(new MatchAllDocsQuery(), Occur.SHOULD)
                .add(new TermQuery(new Term(ResponseSection.NAME, parameters)), Occur.SHOULD)
                .build());
    all.setCache(false);
    filters.add(all);
  }

  private static boolean isOne(Query filter) {
    return filter instanceof CollapsingPostFilter
        && filter.toString().contains(RerankParameter.PARSER_NAME + "(");
  }
}
