// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.solr.client.solrj.response.QueryResponse;
import org.apache.solr.common.SolrDocument;

/** Requests with {@code {!rrf}} for films by words and by vectors. */
public abstract class FusionTestCase extends FilmsTestCase {

  static final String LEXICAL = "{!edismax qf='title overview' v=$uq}";
  static final String VECTOR = "{!knn_words f=vector topK=20 v=$uq}";

  private static final Map<String, String> DEFAULTS =
      Map.of(
          "defType", "lucene", "lex", LEXICAL, "vec", VECTOR, "uq", "vietnam war", "rows", "100");

  /** A fusion of both lists with depth 20; parameters can be added or replaced. */
  static String[] fusion(String local, String... more) {
    return withDefaults("{!rrf queries=$lex,$vec depth=20 " + local + "}", more);
  }

  static String[] withDefaults(String q, String... more) {
    List<String> given = List.of(more);
    List<String> all = new ArrayList<>(given);
    all.addAll(List.of("q", q));
    DEFAULTS.forEach(
        (name, value) -> {
          if (!given.contains(name)) {
            all.addAll(List.of(name, value));
          }
        });
    return all.toArray(String[]::new);
  }

  static QueryResponse fuse(String local, String... more) throws Exception {
    return select(fusion(local, more));
  }

  /** The hits of one list alone, up to the depth of the fusion. */
  static List<SolrDocument> list(String q, String... more) throws Exception {
    return select(withDefaults(q, with(more, "rows", "20"))).getResults();
  }

  /** The sum of 1/(k+rank) of each film, by id. */
  static Map<String, Double> reciprocal(
      int k, List<SolrDocument> lexical, List<SolrDocument> vectors) {
    Map<String, Double> sums = new HashMap<>();
    for (List<SolrDocument> list : List.of(lexical, vectors)) {
      for (int rank = 1; rank <= list.size(); rank++) {
        sums.merge((String) list.get(rank - 1).get("id"), 1.0 / (k + rank), Double::sum);
      }
    }
    return sums;
  }

  static Map<String, Float> scores(QueryResponse response) {
    Map<String, Float> scores = new HashMap<>();
    response.getResults().forEach(hit -> scores.put((String) hit.get("id"), score(hit)));
    return scores;
  }

  static List<Float> scoresInOrder(QueryResponse response) {
    List<Float> scores = new ArrayList<>();
    response.getResults().forEach(hit -> scores.add(score(hit)));
    return scores;
  }

  static void assertScores(Map<String, Double> expected, Map<String, Float> found) {
    assertEquals(expected.keySet(), found.keySet());
    expected.forEach((id, score) -> assertEquals(id, score, found.get(id), 1e-6));
  }
}
