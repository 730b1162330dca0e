// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.search;

import org.apache.solr.client.solrj.SolrQuery;

/** The query that finds the candidates before reranking. */
public enum FirstPass {
  /** The words of the query in the fields of Solr's {@code /select}. */
  BM25("BM25", "{!edismax uf='-*' v=$uq}"),
  /** Films whose vectors are near the vector of the query. */
  VECTORS("vectors", "{!knn_words f=vector topK=100 v=$uq}"),
  /** Both, by reciprocal rank fusion. */
  FUSED("fused", "{!rrf queries=$lex,$vec depth=100}");

  /** Request parameter with the text of the user. */
  static final String TEXT = "uq";

  private final String title;
  private final String q;

  FirstPass(String title, String q) {
    this.title = title;
    this.q = q;
  }

  /** Name for output. */
  String title() {
    return title;
  }

  /**
   * Creates the query. The text of the user is passed as a separate parameter, and {@code uf}
   * disables fields and {@code _query_}, so that Solr's syntax in the text has no effect.
   */
  SolrQuery query(String text) {
    SolrQuery query = new SolrQuery(q);
    query.set("defType", "lucene");
    query.set("expandMacros", false);
    query.set(TEXT, text);
    if (this == FUSED) {
      query.set("lex", BM25.q);
      query.set("vec", VECTORS.q);
    }
    return query;
  }
}
