// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.search;

import io.crossencoder.tools.common.CommandException;
import io.crossencoder.tools.common.SolrTarget;
import java.io.IOException;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.solr.client.solrj.SolrClient;
import org.apache.solr.client.solrj.SolrQuery;
import org.apache.solr.client.solrj.SolrRequest.METHOD;
import org.apache.solr.client.solrj.SolrServerException;
import org.apache.solr.client.solrj.response.QueryResponse;
import org.apache.solr.common.SolrDocument;
import org.apache.solr.common.SolrException;

/** Sends a query to Solr without and with reranking. */
public final class RerankSearch {
  private final SolrClient client;
  private final SolrTarget target;
  private final FirstPass firstPass;

  public RerankSearch(SolrClient client, SolrTarget target) {
    this(client, target, FirstPass.BM25);
  }

  /**
   * A search with a first pass other than BM25.
   *
   * @param firstPass query that finds the candidates
   */
  public RerankSearch(SolrClient client, SolrTarget target, FirstPass firstPass) {
    this.client = client;
    this.target = target;
    this.firstPass = firstPass;
  }

  /**
   * The results of the first pass.
   *
   * @throws CommandException if Solr does not respond or returns an error
   */
  public ResultPage firstPass(String text, int rows) {
    return ask(query(text, rows));
  }

  /**
   * The reranked results.
   *
   * @param reRankDocs number of candidates
   * @param model name of the model in Solr; null for the default
   * @throws CommandException if Solr does not respond or returns an error
   */
  public ResultPage reranked(String text, int rows, int reRankDocs, String model) {
    SolrQuery query = query(text, rows);
    String parameters = "reRankDocs=$reRankDocs query=$" + FirstPass.TEXT;
    query.set("reRankDocs", reRankDocs);
    if (model != null) {
      parameters += " model=$model";
      query.set("model", model);
    }
    query.set("rq", "{!crossencoder " + parameters + "}");
    return ask(query);
  }

  /** The query that finds the candidates. */
  FirstPass candidates() {
    return firstPass;
  }

  private SolrQuery query(String text, int rows) {
    SolrQuery query = firstPass.query(text);
    query.setRows(rows);
    query.setFields("id", "title", "release_date", "score");
    return query;
  }

  private ResultPage ask(SolrQuery query) {
    try {
      // POST, because a long text does not fit into a URL.
      QueryResponse response = client.query(query, METHOD.POST);
      return new ResultPage(
          response.getResults().stream().map(RerankSearch::hit).toList(),
          response.getResults().getNumFound(),
          response.getQTime(),
          section(response.getResponse().get("crossEncoder")));
    } catch (SolrServerException | IOException | SolrException e) {
      throw target.explain(e);
    }
  }

  private static ResultPage.Hit hit(SolrDocument document) {
    String id = String.valueOf(document.getFirstValue("id"));
    Object title = document.getFirstValue("title");
    return new ResultPage.Hit(
        id,
        title == null ? id : title.toString(),
        year(document.getFirstValue("release_date")),
        ((Number) document.getOrDefault("score", 0f)).floatValue());
  }

  private static String year(Object date) {
    if (date instanceof Date day) {
      return String.valueOf(day.toInstant().atZone(ZoneOffset.UTC).getYear());
    }
    return "";
  }

  private static Map<String, Object> section(Object value) {
    Map<String, Object> section = new LinkedHashMap<>();
    if (value instanceof Iterable<?> entries) {
      for (Object entry : entries) {
        if (entry instanceof Map.Entry<?, ?> pair) {
          section.put(String.valueOf(pair.getKey()), pair.getValue());
        }
      }
    } else if (value instanceof Map<?, ?> map) {
      map.forEach((name, content) -> section.put(String.valueOf(name), content));
    }
    return section;
  }
}
