// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.models;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.Iterator;
import org.apache.solr.common.SolrException;
import org.apache.solr.common.SolrException.ErrorCode;
import org.apache.solr.common.util.ContentStream;
import org.apache.solr.common.util.Utils;
import org.apache.solr.core.SolrCore;
import org.apache.solr.handler.RequestHandlerBase;
import org.apache.solr.handler.SchemaHandler;
import org.apache.solr.request.SolrQueryRequest;
import org.apache.solr.response.SolrQueryResponse;
import org.apache.solr.rest.RestManager;
import org.apache.solr.security.AuthorizationContext;
import org.apache.solr.security.PermissionNameProvider;
import org.apache.solr.util.plugin.SolrCoreAware;

/**
 * Receives the requests to the model store, like Solr's handler of {@code /schema}. If the body is
 * not JSON, the response is HTTP 400 with the position instead of HTTP 500. Created by Solr, one
 * per core.
 */
@SuppressWarnings("deprecation") // ContentStream is deprecated in Solr 9.10, but not in Solr 10.
public final class ModelStoreHandler extends RequestHandlerBase
    implements PermissionNameProvider, SolrCoreAware {

  /** Called by Solr. */
  public ModelStoreHandler() {}

  @Override
  public void inform(SolrCore core) {
    core.registerRequestHandler(ModelStore.ENDPOINT, this);
  }

  @Override
  public void handleRequestBody(SolrQueryRequest request, SolrQueryResponse response) {
    RestManager.ManagedEndpoint endpoint =
        new RestManager.ManagedEndpoint(request.getCore().getRestManager()) {
          @Override
          protected Object parseJsonFromRequestBody(SolrQueryRequest request) {
            Iterable<ContentStream> bodies = request.getContentStreams();
            Iterator<ContentStream> body = bodies == null ? null : bodies.iterator();
            if (body == null || !body.hasNext()) {
              throw new SolrException(ErrorCode.BAD_REQUEST, "crossencoder: the body is empty");
            }
            return parse(body.next());
          }
        };
    endpoint.doInit(request, response);
    endpoint.delegateRequestToManagedResource();
  }

  private static Object parse(ContentStream body) {
    StringWriter json = new StringWriter();
    try (Reader reader = body.getReader()) {
      reader.transferTo(json);
    } catch (IOException e) {
      throw new SolrException(
          ErrorCode.BAD_REQUEST, "crossencoder: cannot read the body: " + e.getMessage(), e);
    }
    var parser = Utils.getJSONParser(new StringReader(json.toString()));
    try {
      return Utils.STANDARDOBJBUILDER.apply(parser).getValStrict();
    } catch (IOException | RuntimeException e) {
      String where = place(json.toString(), (int) Math.max(1, parser.getPosition()) - 1);
      throw new SolrException(
          ErrorCode.BAD_REQUEST,
          "crossencoder: the body is not JSON: " + where + ": " + e.getMessage(),
          e);
    }
  }

  private static String place(String json, int index) {
    String before = json.substring(0, Math.min(index, json.length()));
    long line = before.chars().filter(c -> c == '\n').count() + 1;
    return "line " + line + ", column " + (before.length() - before.lastIndexOf('\n'));
  }

  @Override
  public PermissionNameProvider.Name getPermissionName(AuthorizationContext context) {
    return new SchemaHandler().getPermissionName(context);
  }

  @Override
  public String getDescription() {
    return "the cross-encoder models of a configset";
  }
}
