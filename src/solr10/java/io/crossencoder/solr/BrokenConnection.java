// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr;

import java.io.IOException;
import org.apache.solr.handler.component.ResponseBuilder;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;

/** A connection that breaks during a request, such as when the process exits; with Jetty 12. */
final class BrokenConnection {
  private BrokenConnection() {}

  static void of(ResponseBuilder builder) {
    ServletContextRequest.getServletContextRequest(builder.req.getHttpSolrCall().getReq())
        .getConnectionMetaData()
        .getConnection()
        .getEndPoint()
        .close(new IOException("the end of its process"));
  }
}
