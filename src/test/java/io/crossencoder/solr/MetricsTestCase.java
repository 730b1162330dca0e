// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.solr.client.solrj.SolrRequest.METHOD;
import org.apache.solr.client.solrj.request.GenericSolrRequest;
import org.apache.solr.client.solrj.response.QueryResponse;
import org.apache.solr.common.params.ModifiableSolrParams;
import org.apache.solr.common.util.NamedList;
import org.apache.solr.core.CoreContainer;
import org.junit.Before;

/** Films, requests that no cache knows, and the metrics of Solr. */
public abstract class MetricsTestCase extends FilmsTestCase {

  static final String CORE = "solr.core.tmdb:CROSSENCODER.tmdb-starter.";
  static final String NODE = "solr.node:CROSSENCODER.";
  static final String MODEL = NODE + "tmdb-starter.";

  static int asked;

  /** A text that is in no cache. */
  String fresh;

  @Before
  public void askAnew() {
    fresh = "a war " + asked++;
  }

  /** A metric by its key: registry, name, and optionally a property. */
  static Object metric(String key) throws Exception {
    return metrics("key", key).get(key);
  }

  @SuppressWarnings("unchecked")
  static NamedList<Object> metrics(String... params) throws Exception {
    ModifiableSolrParams request = new ModifiableSolrParams();
    for (int i = 0; i < params.length; i += 2) {
      request.add(params[i], params[i + 1]);
    }
    return (NamedList<Object>)
        solr.getSolrClient("tmdb")
            .request(new GenericSolrRequest(METHOD.GET, "/admin/metrics", request), null)
            .get("metrics");
  }

  /** Names in a registry with this prefix. */
  static Set<String> names(CoreContainer node, String registry, String prefix) {
    return node.getMetricManager().registry(registry).getNames().stream()
        .filter(name -> name.startsWith(prefix))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  static long count(String key) throws Exception {
    return ((Number) metric(key)).longValue();
  }

  static long outcomes(String outcome) throws Exception {
    return count(CORE + "requests_total." + outcome);
  }

  QueryResponse rerank(String rq) throws Exception {
    return select("q", "war", "rq", "{!crossencoder " + rq + "}" + fresh);
  }
}
