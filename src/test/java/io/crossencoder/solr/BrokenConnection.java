// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr;

import java.io.IOException;
import org.apache.solr.handler.component.ResponseBuilder;
import org.eclipse.jetty.server.Request;

/** A connection that breaks during a request, as when the process exits: with Jetty 10. */
final class BrokenConnection {
  private BrokenConnection() {}

  static void of(ResponseBuilder builder) {
    Request request = Request.getBaseRequest(builder.req.getHttpSolrCall().getReq());
    request.getHttpChannel().abort(new IOException("the end of its process"));
  }
}
