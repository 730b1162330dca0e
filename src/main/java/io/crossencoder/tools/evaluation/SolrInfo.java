// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.evaluation;

import io.crossencoder.tools.SolrTarget;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.solr.client.solrj.SolrClient;
import org.apache.solr.client.solrj.SolrRequest.METHOD;
import org.apache.solr.client.solrj.SolrServerException;
import org.apache.solr.client.solrj.request.GenericSolrRequest;
import org.apache.solr.common.SolrException;
import org.apache.solr.common.util.NamedList;

/** What a report says of the server. */
final class SolrInfo {
  private SolrInfo() {}

  static Map<String, String> of(SolrClient client, SolrTarget target) {
    Map<String, String> info = new LinkedHashMap<>();
    info.put("Solr", target.url() + "/" + target.collection());
    info.put("version", version(client));
    return info;
  }

  private static String version(SolrClient client) {
    try {
      NamedList<Object> system =
          client.request(new GenericSolrRequest(METHOD.GET, "/admin/info/system"));
      Object version = system._get("lucene/solr-spec-version");
      return version == null ? "unknown" : version.toString();
    } catch (SolrServerException | IOException | SolrException e) {
      // Not everybody may ask for it, and no number depends on it.
      return "unknown";
    }
  }
}
