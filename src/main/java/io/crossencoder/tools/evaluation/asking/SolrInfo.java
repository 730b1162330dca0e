// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.evaluation.asking;

import io.crossencoder.tools.common.SolrTarget;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.solr.client.solrj.SolrClient;
import org.apache.solr.client.solrj.SolrRequest.METHOD;
import org.apache.solr.client.solrj.SolrServerException;
import org.apache.solr.client.solrj.request.GenericSolrRequest;
import org.apache.solr.common.NavigableObject;
import org.apache.solr.common.SolrException;
import org.apache.solr.common.util.NamedList;

/** Reads the properties of the server for a report. */
public final class SolrInfo {
  private SolrInfo() {}

  public static Map<String, String> of(SolrClient client, SolrTarget target) {
    Map<String, String> info = new LinkedHashMap<>();
    info.put("Solr", target.url() + "/" + target.collection());
    ask(client, "/admin/info/system", false)
        .map(system -> system._getStr("lucene/solr-spec-version"))
        .ifPresent(version -> info.put("version", version));
    ask(client, "/crossencoder/status", true).ifPresent(status -> status(status, info));
    return info;
  }

  private static void status(NamedList<Object> status, Map<String, String> info) {
    for (String part : List.of("plugin", "onnxruntime", "processor")) {
      Optional.ofNullable(status._getStr("versions/" + part))
          .ifPresent(version -> info.put(part, version));
    }
    if (status.get("models") instanceof List<?> models) {
      for (Object each : models) {
        if (each instanceof NavigableObject model) {
          info.put(
              "model " + model._getStr("name"),
              model._getStr("file") + ", fingerprint " + model._getStr("fingerprint"));
        }
      }
    }
  }

  /** Optional: the request can be forbidden or the handler missing, and no number depends on it. */
  private static Optional<NamedList<Object>> ask(
      SolrClient client, String path, boolean ofCollection) {
    try {
      return Optional.of(
          client.request(
              new GenericSolrRequest(METHOD.GET, path).setRequiresCollection(ofCollection)));
    } catch (SolrServerException | IOException | SolrException e) {
      return Optional.empty();
    }
  }
}
