// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.search;

import org.apache.solr.client.solrj.SolrQuery;

/** What finds and ranks the films before the cross-encoder. */
public enum FirstPass {
  /** The words of the query, in the fields of Solr's {@code /select}. */
  BM25("BM25", "{!edismax uf='-*' v=$uq}"),
  /** Films whose vectors lie near that of the query. */
  VECTORS("vectors", "{!knn_words f=vector topK=100 v=$uq}"),
  /** Both, by reciprocal rank fusion. */
  FUSED("fused", "{!rrf queries=$lex,$vec depth=100}");

  /** The parameter with what the user typed. */
  static final String TEXT = "uq";

  private final String title;
  private final String q;

  FirstPass(String title, String q) {
    this.title = title;
    this.q = q;
  }

  /** As it is printed. */
  String title() {
    return title;
  }

  /**
   * The query. What a user typed must stay data, wherever it has the look of Solr's syntax: it is a
   * parameter of its own, {@code uf} keeps fields and {@code _query_} out of reach.
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
