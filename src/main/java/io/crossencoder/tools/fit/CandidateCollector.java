// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.fit;

import io.crossencoder.tools.common.CommandException;
import io.crossencoder.tools.evaluation.asking.Configuration.Rerank;
import io.crossencoder.tools.evaluation.asking.Ranker;
import io.crossencoder.tools.evaluation.judgments.JudgedQuery;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.solr.common.SolrDocument;

/** Reads logit and fields of each candidate of a query from Solr. */
record CandidateCollector(
    Ranker ranker, Optional<String> model, int depth, List<String> fields, String idField) {
  private static final String CE = "fitBlendCe";

  /**
   * The candidates of a query in first-pass order.
   *
   * @throws CommandException if Solr does not respond, a field is not numeric, or a candidate has
   *     no logit
   */
  List<Candidate> collect(JudgedQuery query) {
    List<String> asked = new ArrayList<>(fields);
    asked.addAll(List.of(idField, "score"));
    Map<String, SolrDocument> firstPass = new LinkedHashMap<>();
    for (SolrDocument document : ranker.documents(query, Optional.empty(), depth, asked)) {
      firstPass.put(ranker.id(document), document);
    }
    Map<String, SolrDocument> scored = new HashMap<>();
    Rerank rerank = new Rerank(model, Optional.of(depth), Optional.of("ce"));
    for (SolrDocument document :
        ranker.documents(
            query, Optional.of(rerank), depth, List.of(idField, CE + ":[crossencoder]"))) {
      scored.put(ranker.id(document), document);
    }
    return firstPass.entrySet().stream()
        .map(each -> candidate(query, each.getKey(), each.getValue(), scored.get(each.getKey())))
        .toList();
  }

  private Candidate candidate(
      JudgedQuery query, String id, SolrDocument document, SolrDocument scored) {
    Object said = scored == null ? null : scored.getFieldValue(CE);
    if (!(said instanceof Map<?, ?> ce) || ce.get("logit") == null) {
      throw new CommandException(
          "query "
              + query.id()
              + ": the model did not score document "
              + id
              + "; declare a transformer named crossencoder, and set no reRankTimeout");
    }
    Map<String, Double> numbers = new HashMap<>();
    for (String field : fields) {
      Object value = document.getFirstValue(field);
      if (value instanceof Number number) {
        numbers.put(field, number.doubleValue());
      } else if (value != null) {
        throw new CommandException("the field " + field + " is not a number: '" + value + "'");
      }
    }
    return new Candidate(
        id,
        query.grades().get(id),
        number(document.getFieldValue("score")),
        number(ce.get("logit")),
        number(ce.get("probability")),
        numbers);
  }

  private static double number(Object value) {
    return value instanceof Number number ? number.doubleValue() : 0;
  }
}
