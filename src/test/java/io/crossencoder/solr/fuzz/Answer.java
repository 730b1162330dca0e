// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.fuzz;

import java.io.IOException;
import java.util.Arrays;
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
 * A response of Solr.
 *
 * @param status HTTP status
 * @param message reason for an error
 * @param isOurs whether the stack of the error contains code of the plugin
 * @param body empty if it is an error
 */
record Answer(int status, String message, boolean isOurs, NamedList<Object> body) {

  static Answer to(SolrParams params, SolrClient client) throws IOException {
    try {
      return new Answer(200, "", false, client.request(new QueryRequest(params)));
    } catch (SolrException e) {
      return error(e.code(), e);
    } catch (SolrServerException | RuntimeException | Error e) {
      return error(500, e);
    }
  }

  private static Answer error(int status, Throwable error) {
    boolean ours = false;
    Throwable last = error;
    for (Throwable each = error; each != null; each = each.getCause()) {
      ours |= Arrays.stream(each.getStackTrace()).anyMatch(Answer::isOurs);
      last = each;
    }
    String message = String.valueOf(status == 500 ? last : last.getMessage());
    return new Answer(status, message, ours, new NamedList<>());
  }

  private static boolean isOurs(StackTraceElement frame) {
    String name = frame.getClassName();
    return name.startsWith("io.crossencoder.") && !name.startsWith("io.crossencoder.solr.fuzz.");
  }

  boolean isOk() {
    return status == 200;
  }

  /** The page; none if the response is an error or contains groups. */
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
}
