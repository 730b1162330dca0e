// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.fusion;

import org.apache.solr.common.params.SolrParams;
import org.apache.solr.common.util.NamedList;
import org.apache.solr.request.SolrQueryRequest;
import org.apache.solr.search.QParser;
import org.apache.solr.search.QParserPlugin;

/**
 * The query parser {@code rrf}: fuses the results of several queries into one ranked list, by
 * reciprocal rank fusion or by scaled scores.
 *
 * <pre>{@code
 * <queryParser name="rrf" class="io.crossencoder.solr.fusion.FusionQParserPlugin"/>
 * q={!rrf queries=$lex,$vec depth=100}
 * lex={!edismax qf='title overview' v=$uq}
 * vec={!knn f=vec topK=100}[0.1, 0.2, ...]
 * uq=vietnam war
 * }</pre>
 */
public final class FusionQParserPlugin extends QParserPlugin {

  private FusionLimits limits;

  /** Called by Solr for each declaration in {@code solrconfig.xml}. */
  public FusionQParserPlugin() {}

  @Override
  public void init(NamedList<?> args) {
    limits = FusionLimits.parse(args);
  }

  @Override
  public QParser createParser(
      String body, SolrParams localParams, SolrParams params, SolrQueryRequest req) {
    return new FusionQParser(body, localParams, params, req, limits);
  }
}
