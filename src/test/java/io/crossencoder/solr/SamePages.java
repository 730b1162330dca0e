// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr;

import static org.junit.Assert.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.solr.client.solrj.response.QueryResponse;
import org.apache.solr.common.SolrDocument;
import org.apache.solr.common.util.NamedList;

/**
 * Compares a page of one core with a page of a cluster.
 *
 * @param near number of hits that are at the position of a hit with the same score, because logits
 *     in other batches can differ in the last digits
 */
record SamePages(int hits, int near) {

  static SamePages of(String what, QueryResponse one, QueryResponse many) {
    int hits = 0;
    int near = 0;
    assertEquals(what, one.getResults().getNumFound(), many.getResults().getNumFound());
    assertEquals(what, one.getResults().size(), many.getResults().size());
    if (!one.getResults().isEmpty()) {
      assertEquals(what, one.getResults().getStart(), many.getResults().getStart());
    }
    assertEquals(what, facets(one), facets(many));
    assertEquals(what, expanded(one), expanded(many));
    for (String name : List.of("candidates", "scored", "removed", "outcome")) {
      if (!"queryResultCache".equals(FilmsTestCase.section(one).get("outcome"))) {
        assertEquals(
            what + " " + name,
            FilmsTestCase.section(one).get(name),
            FilmsTestCase.section(many).get(name));
      }
    }
    for (int place = 0; place < one.getResults().size(); place++) {
      SolrDocument expected = one.getResults().get(place);
      SolrDocument hit = many.getResults().get(place);
      assertNear(what + " at " + place, FilmsTestCase.score(expected), FilmsTestCase.score(hit));
      // Logits in other batches can differ in the last digits, and such hits can swap positions.
      if (expected.get("id").equals(hit.get("id"))) {
        assertSame(what + " at " + place, expected, hit);
      } else {
        near++;
      }
      hits++;
    }
    return new SamePages(hits, near);
  }

  private static void assertNear(String what, float expected, float actual) {
    assertEquals(what, expected, actual, CloudTestCase.NOISE * Math.max(1, Math.abs(expected)));
  }

  private static void assertSame(String what, SolrDocument expected, SolrDocument hit) {
    assertEquals(what, new TreeSet<>(expected.keySet()), new TreeSet<>(hit.keySet()));
    for (Map.Entry<String, Object> field : expected) {
      Object value = hit.get(field.getKey());
      if (field.getValue() instanceof Float number) {
        assertNear(what + " " + field.getKey(), number, (Float) value);
      } else if (field.getValue() instanceof NamedList<?> told) {
        for (String name : List.of("firstPassRank", "reranked", "truncated", "outcome")) {
          assertEquals(what + " " + name, told.get(name), ((NamedList<?>) value).get(name));
        }
        assertEquals(what, told.get("logit") == null, ((NamedList<?>) value).get("logit") == null);
      } else if (!field.getKey().equals("_version_")) {
        assertEquals(what, field.getValue(), value);
      }
    }
  }

  /** The number of hits and the documents per group. */
  private static Map<String, String> expanded(QueryResponse response) {
    Map<String, String> groups = new TreeMap<>();
    if (response.getExpandedResults() != null) {
      response
          .getExpandedResults()
          .forEach(
              (group, hits) ->
                  groups.put(
                      group,
                      hits.getNumFound() + " " + hits.stream().map(h -> h.get("id")).toList()));
    }
    return groups;
  }

  private static String facets(QueryResponse response) {
    return response.getFacetField("genres") == null
        ? ""
        : response.getFacetField("genres").getValues().toString();
  }
}
