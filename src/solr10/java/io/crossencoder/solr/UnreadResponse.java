// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr;

import java.io.IOException;
import java.io.InputStream;
import org.apache.solr.client.solrj.SolrClient;
import org.apache.solr.client.solrj.SolrServerException;
import org.apache.solr.client.solrj.request.QueryRequest;
import org.apache.solr.client.solrj.response.InputStreamResponseParser;
import org.apache.solr.common.params.SolrParams;

/** A response exactly as its writer wrote it; with SolrJ 10. */
final class UnreadResponse {
  private UnreadResponse() {}

  static InputStream of(SolrClient client, SolrParams params, String wt)
      throws SolrServerException, IOException {
    QueryRequest query = new QueryRequest(params);
    query.setResponseParser(new InputStreamResponseParser(wt));
    return (InputStream) client.request(query).get("stream");
  }
}
