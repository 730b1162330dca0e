// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.fetch;

import io.crossencoder.tools.server.SolrHome;
import java.util.ArrayList;
import java.util.List;

/** Prints how to use a downloaded model. */
final class NextStep {
  private NextStep() {}

  /**
   * Lines to print.
   *
   * @param graph value of {@code file} for solrconfig.xml: "auto" or a path; null if it is not
   *     necessary
   * @param ownHome whether the model is in the project's Solr home directory
   */
  static List<String> lines(String model, String graph, boolean ownHome) {
    List<String> lines = new ArrayList<>();
    lines.add("");
    if (graph != null) {
      lines.add("Select the ONNX file in solrconfig.xml, in the queryParser crossencoder:");
      lines.add("  <lst name=\"models\">");
      lines.add("    <lst name=\"" + model + "\"><str name=\"file\">" + graph + "</str></lst>");
      lines.add("  </lst>");
      lines.add("Models that are not in this list are no longer loaded.");
    }
    String core = ownHome ? SolrHome.CORE : "CORE";
    lines.add("A core loads models when it starts. If it is running, reload it:");
    lines.add("  curl 'http://127.0.0.1:8983/solr/admin/cores?action=RELOAD&core=" + core + "'");
    lines.add("Then use the model in a request:");
    lines.add("  rq={!crossencoder model=" + model + " reRankDocs=50}");
    lines.add("or for all requests, in solrconfig.xml: <str name=\"model\">" + model + "</str>");
    return lines;
  }
}
