// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.net.http.HttpResponse;
import org.junit.Test;

/** The metrics of the plugin in Solr 9 at {@code /admin/metrics}. */
public final class SolrsOwnMetricsTest extends StatusTestCase {

  @Test
  public void theyAreInItsJsonAndItsPrometheusPageIsAsItWas() throws Exception {
    HttpResponse<String> own = get("/admin/metrics?wt=prometheus");
    assertEquals(200, own.statusCode());
    assertTrue(own.body().contains("solr_metrics_core_requests_total"));
    assertFalse(own.body().contains("crossencoder_pairs"));
    String json = get("/admin/metrics?group=node&group=core&prefix=CROSSENCODER").body();
    assertTrue(json, json.contains("CROSSENCODER.tmdb-starter.requests_total.complete"));
    assertTrue(json, json.contains("CROSSENCODER.workers_busy"));
  }
}
