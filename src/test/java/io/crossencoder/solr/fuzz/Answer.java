// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.fuzz;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.solr.client.solrj.SolrClient;
import org.apache.solr.client.solrj.SolrServerException;
import org.apache.solr.client.solrj.request.QueryRequest;
import org.apache.solr.common.SolrDocument;
import org.apache.solr.common.SolrDocumentList;
import org.apache.solr.common.SolrException;
import org.apache.solr.common.params.SolrParams;
import org.apache.solr.common.util.NamedList;

/**
 * What Solr answers.
 *
 * @param status of HTTP
 * @param message why it is an error
 * @param body empty, if it is an error
 */
record Answer(int status, String message, NamedList<Object> body) {

  static Answer to(SolrParams params, SolrClient client) throws IOException {
    try {
      return new Answer(200, "", client.request(new QueryRequest(params)));
    } catch (SolrException e) {
      return new Answer(e.code(), String.valueOf(e.getMessage()), new NamedList<>());
    } catch (SolrServerException | RuntimeException | OutOfMemoryError e) {
      Throwable cause = e instanceof SolrServerException ? e.getCause() : e;
      return new Answer(500, String.valueOf(cause), new NamedList<>());
    }
  }

  boolean isOk() {
    return status == 200;
  }

  /** The page; none if the answer is an error, or groups. */
  Optional<SolrDocumentList> page() {
    return Optional.ofNullable((SolrDocumentList) body.get("response"));
  }

  List<SolrDocument> hits() {
    return page().map(List::<SolrDocument>copyOf).orElse(List.of());
  }

  List<Object> ids() {
    return hits().stream().map(hit -> hit.get("id")).toList();
  }

  Optional<NamedList<?>> section() {
    return Optional.ofNullable((NamedList<?>) body.get("crossEncoder"));
  }

  boolean isPartial() {
    NamedList<?> header = (NamedList<?>) body.get("responseHeader");
    return header != null && header.get("partialResults") != null;
  }
}
