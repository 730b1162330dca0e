// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.evaluation.asking;

import static java.util.stream.Collectors.toMap;

import io.crossencoder.tools.common.CommandException;
import io.crossencoder.tools.common.SolrTarget;
import io.crossencoder.tools.evaluation.asking.Configuration.Rerank;
import io.crossencoder.tools.evaluation.asking.Ranking.Hit;
import io.crossencoder.tools.evaluation.judgments.JudgedQuery;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.solr.client.solrj.SolrClient;
import org.apache.solr.client.solrj.SolrQuery;
import org.apache.solr.client.solrj.SolrRequest.METHOD;
import org.apache.solr.client.solrj.SolrServerException;
import org.apache.solr.client.solrj.response.QueryResponse;
import org.apache.solr.common.SolrDocument;
import org.apache.solr.common.SolrDocumentList;
import org.apache.solr.common.SolrException;
import org.apache.solr.common.util.NamedList;

/** Ranks documents for judged queries with Solr. Thread-safe. */
public record Ranker(SolrClient client, SolrTarget target, FirstPassOptions options) {
  // Parameter names without a default in any handler.
  private static final String TEXT = "evaluation.text";
  private static final String IDS = "evaluation.ids";
  private static final String JUDGED = "evaluation.judged";
  private static final String FIRST_PASS = "evaluation.firstPass";

  /**
   * Runs a search.
   *
   * @throws CommandException if Solr does not respond or returns an error
   */
  public Ranking search(JudgedQuery query, Configuration configuration, int rows) {
    SolrQuery request = request(rows);
    request.set("defType", options.defType());
    request.set(options.textParameter(), query.text());
    configuration.rerank().ifPresent(rerank -> rerank(request, rerank, options.textParameter()));
    return ask(query, request);
  }

  /**
   * Ranks all judged documents of a query, including those that do not match it. Ties are broken
   * pessimistically, so that a ranking does not gain from ties.
   *
   * @throws CommandException if Solr does not respond or returns an error, for example if there are
   *     more documents than its maxReRankDocs
   */
  public Ranking rankJudged(JudgedQuery query, Configuration configuration) {
    int all = query.grades().size();
    SolrQuery request = request(all);
    judgedOnly(request, query);
    // Matches all judged documents and scores those that the first pass finds.
    request.setQuery("{!bool filter=$" + JUDGED + " should=$" + FIRST_PASS + "}");
    request.set(TEXT, query.text());
    if (options.textParameter().equals("q")) {
      request.set(FIRST_PASS, "{!" + options.defType() + " v=$" + TEXT + "}");
    } else {
      request.set(FIRST_PASS, options.parameter("q").orElse(""));
      request.set(options.textParameter(), query.text());
    }
    configuration
        .rerank()
        .map(rerank -> new Rerank(rerank.model(), Optional.of(all), rerank.blend()))
        .ifPresent(rerank -> rerank(request, rerank, TEXT));
    Ranking ranking = ask(query, request);
    List<Hit> hits = new ArrayList<>(ranking.hits());
    hits.sort(
        Comparator.comparing(Hit::score, Comparator.reverseOrder())
            .thenComparing(hit -> query.grades().getOrDefault(hit.id(), 0.0))
            .thenComparing(Hit::id));
    return new Ranking(hits, ranking.queryMillis(), ranking.partial(), ranking.crossEncoder());
  }

  /**
   * The judged documents that are in the index.
   *
   * @throws CommandException if Solr does not respond or returns an error
   */
  public Set<String> indexed(JudgedQuery query) {
    SolrQuery request = new SolrQuery();
    request.setRows(query.grades().size());
    request.setFields(options.idField());
    judgedOnly(request, query);
    request.setQuery("{!query v=$" + JUDGED + "}");
    return Set.copyOf(ask(query, request).ids());
  }

  /**
   * The documents of a search, best first.
   *
   * @param rerank none: in first-pass order
   * @param fields value of {@code fl}
   * @return at most {@code rows} documents
   * @throws CommandException if Solr does not respond or returns an error
   */
  public SolrDocumentList documents(
      JudgedQuery query, Optional<Rerank> rerank, int rows, Collection<String> fields) {
    SolrQuery request = request(rows);
    request.setFields(fields.toArray(String[]::new));
    request.set("defType", options.defType());
    request.set(options.textParameter(), query.text());
    rerank.ifPresent(second -> rerank(request, second, options.textParameter()));
    return send(query, request).getResults();
  }

  /**
   * Documents by id.
   *
   * @param fields value of {@code fl}
   * @return the documents that are in the index, in no order
   * @throws CommandException if Solr does not respond or returns an error
   */
  public SolrDocumentList byId(Collection<String> ids, Collection<String> fields) {
    JudgedQuery all =
        new JudgedQuery("by id", "", ids.stream().collect(toMap(id -> id, id -> 0.0)));
    SolrQuery request = new SolrQuery();
    request.setRows(ids.size());
    request.setFields(fields.toArray(String[]::new));
    judgedOnly(request, all);
    request.setQuery("{!query v=$" + JUDGED + "}");
    return send(all, request).getResults();
  }

  /**
   * The id of a document.
   *
   * @throws CommandException if the id field has no value
   */
  public String id(SolrDocument document) {
    Object id = document.getFirstValue(options.idField());
    if (id == null) {
      throw new CommandException(
          "the documents have no field '"
              + options.idField()
              + "'; set the field of the ids with --id-field");
    }
    return id.toString();
  }

  private void judgedOnly(SolrQuery request, JudgedQuery query) {
    request.set("defType", "lucene");
    request.set("expandMacros", false);
    request.set(JUDGED, "{!terms f=" + options.idField() + " separator='\u001f' v=$" + IDS + "}");
    request.set(IDS, String.join("\u001f", query.grades().keySet()));
  }

  private SolrQuery request(int rows) {
    SolrQuery request = new SolrQuery();
    options.apply(request);
    // Macros in the text of a query have no effect.
    request.set("expandMacros", false);
    request.setStart(0);
    request.setRows(rows);
    request.setFields(options.idField(), options.titleField(), "score");
    return request;
  }

  private void rerank(SolrQuery request, Rerank rerank, String text) {
    Map<String, String> local = new LinkedHashMap<>();
    options.rerankParameters().forEach(pair -> local.put(pair.name(), pair.value()));
    rerank.model().ifPresent(model -> local.put("model", model));
    rerank.depth().ifPresent(depth -> local.put("reRankDocs", String.valueOf(depth)));
    rerank.blend().ifPresent(blend -> local.put("blend", blend));
    StringBuilder rq = new StringBuilder("{!crossencoder cache=false query=$" + text);
    local.forEach(
        (name, value) -> {
          // By reference, so that values need no quotes.
          request.set("evaluation.rerank." + name, value);
          rq.append(" ").append(name).append("=$evaluation.rerank.").append(name);
        });
    request.set("rq", rq.append("}").toString());
  }

  private Ranking ask(JudgedQuery query, SolrQuery request) {
    QueryResponse response = send(query, request);
    return new Ranking(
        response.getResults().stream().map(this::hit).toList(),
        response.getQTime(),
        Boolean.TRUE.equals(response.getHeader().getBooleanArg("partialResults")),
        section(response.getResponse().get("crossEncoder")));
  }

  private QueryResponse send(JudgedQuery query, SolrQuery request) {
    try {
      // POST, because a long text does not fit into a URL.
      return client.query(request, METHOD.POST);
    } catch (SolrServerException | IOException | SolrException e) {
      throw new CommandException("query " + query.id() + ": " + target.explain(e).getMessage(), e);
    }
  }

  private Hit hit(SolrDocument document) {
    Object title = document.getFirstValue(options.titleField());
    return new Hit(
        id(document),
        title == null ? "" : title.toString(),
        ((Number) document.getOrDefault("score", 0f)).floatValue());
  }

  private static Map<String, Object> section(Object value) {
    Map<String, Object> section = new LinkedHashMap<>();
    if (value instanceof NamedList<?> entries) {
      entries.forEach((name, entry) -> section.put(name, entry == null ? "" : entry));
    }
    return section;
  }
}
