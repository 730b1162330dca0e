// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.server;

import java.io.IOException;
import java.util.Locale;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;

/**
 * Responds to / and /solr/, where a Solr installation shows the Admin UI, whose files are not
 * available from Maven.
 */
final class LandingServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  /** Returns 404 instead of the default 405, because there is nothing to post to. */
  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.sendError(HttpServletResponse.SC_NOT_FOUND);
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String path = request.getServletPath();
    if (!path.isEmpty() && !path.equals("/")) {
      response.sendError(HttpServletResponse.SC_NOT_FOUND);
      return;
    }
    String solr = "http://127.0.0.1:" + request.getLocalPort() + "/solr";
    response.setContentType("text/plain;charset=utf-8");
    response
        .getWriter()
        .printf(
            Locale.ROOT,
            """
            Solr with the cross-encoder plugin. The Admin UI is not part of this server.

            Browse   %1$s/%2$s/browse
            Query    %1$s/%2$s/select?q=a+robot+learns+to+love&rq=%%7B!crossencoder%%7D
            Cores    %1$s/admin/cores?action=STATUS
            Metrics  %1$s/admin/metrics
            """,
            solr,
            SolrHome.CORE);
  }
}
