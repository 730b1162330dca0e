// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.browse;

import io.crossencoder.solr.options.Option;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.solr.common.SolrException;
import org.apache.solr.common.SolrException.ErrorCode;
import org.apache.solr.common.params.CommonParams;
import org.apache.solr.common.params.ModifiableSolrParams;
import org.apache.solr.common.params.SolrParams;
import org.apache.solr.common.util.ContentStreamBase;
import org.apache.solr.common.util.NamedList;
import org.apache.solr.core.SolrCore;
import org.apache.solr.handler.RequestHandlerBase;
import org.apache.solr.request.SolrQueryRequest;
import org.apache.solr.request.SolrRequestHandler;
import org.apache.solr.response.RawResponseWriter;
import org.apache.solr.response.SolrQueryResponse;
import org.apache.solr.security.AuthorizationContext;
import org.apache.solr.security.PermissionNameProvider;
import org.apache.solr.util.plugin.SolrCoreAware;

/** Serves the browse page, its settings and the judgments that it shows. */
public abstract class BrowseHandler extends RequestHandlerBase implements SolrCoreAware {

  /** The options in {@code solrconfig.xml}. */
  public static final List<Option<?>> OPTIONS = BrowseSettings.OPTIONS;

  /** Stricter than the policy of Solr's own server, and also sent by other servers. */
  private static final String CONTENT_SECURITY_POLICY =
      "default-src 'none'; base-uri 'none'; connect-src 'self'; form-action 'self';"
          + " frame-ancestors 'none'; img-src 'self'; script-src 'self'; style-src 'self'";

  private static final String CONFIG = "/config";
  private static final String GRADES = "/grades";

  private BrowseSettings settings;
  private Judgments judgments;

  /** Called by the class that {@code solrconfig.xml} declares. */
  protected BrowseHandler() {}

  @Override
  public void inform(SolrCore core) {
    settings = BrowseSettings.parse(getInitArgs(), core);
    judgments =
        settings
            .judgments()
            .map(file -> Judgments.load(core.getResourceLoader(), file))
            .orElse(Judgments.NONE);
  }

  @Override
  public SolrRequestHandler getSubHandler(String path) {
    String name = withoutOwnName(path);
    return name.equals(CONFIG) || name.equals(GRADES) || BrowseFile.of(name).isPresent()
        ? this
        : null;
  }

  /**
   * If the page is requested as {@code /browse/}, its files are requested below {@code
   * /browse/browse/}.
   */
  private String withoutOwnName(String path) {
    String own = getPluginInfo().name;
    String last = own.substring(own.lastIndexOf('/')) + "/";
    return path.startsWith(last) ? path.substring(last.length() - 1) : path;
  }

  @Override
  public void handleRequestBody(SolrQueryRequest req, SolrQueryResponse rsp) throws IOException {
    // No HTTP caching: the files change with the plugin, and the responses do not depend on the
    // index.
    rsp.setHttpCaching(false);
    String name = getPluginInfo().name;
    String path = Optional.ofNullable(req.getPath()).orElse(name);
    String below = path.startsWith(name) ? withoutOwnName(path.substring(name.length())) : "";
    switch (below) {
      case CONFIG -> settings.describe(name, req).forEach(rsp::add);
      case GRADES -> rsp.add("grades", grades(req.getParams()));
      case "", "/" -> send(BrowseFile.PAGE, name, req, rsp);
      default -> send(BrowseFile.of(below).orElseThrow(() -> notFound(below)), name, req, rsp);
    }
  }

  /** Grades by document id; null, which differs from no grades, if the query has no judgments. */
  private Map<String, Integer> grades(SolrParams params) {
    String query = params.get(CommonParams.Q);
    if (query == null) {
      throw new SolrException(ErrorCode.BAD_REQUEST, "browse: q='' must be the text of a query");
    }
    return judgments.of(query).map(LinkedHashMap::new).orElse(null);
  }

  private static SolrException notFound(String file) {
    return new SolrException(ErrorCode.NOT_FOUND, "browse: file not found: " + file);
  }

  private static void send(
      BrowseFile file, String name, SolrQueryRequest req, SolrQueryResponse rsp)
      throws IOException {
    ModifiableSolrParams params = new ModifiableSolrParams(req.getParams());
    params.set(CommonParams.WT, "raw");
    req.setParams(params);
    ContentStreamBase content = new ContentStreamBase.ByteArrayStream(file.read(name), "browse");
    content.setContentType(file.contentType());
    rsp.add(RawResponseWriter.CONTENT, content);
    rsp.addHttpHeader("Content-Security-Policy", CONTENT_SECURITY_POLICY);
    rsp.addHttpHeader("X-Content-Type-Options", "nosniff");
    rsp.addHttpHeader("Referrer-Policy", "no-referrer");
  }

  @Override
  public void init(NamedList<?> args) {
    super.init(args);
    BrowseSettings.requireKnown(args);
  }

  @Override
  public PermissionNameProvider.Name getPermissionName(AuthorizationContext request) {
    return PermissionNameProvider.Name.READ_PERM;
  }

  @Override
  public String getDescription() {
    return "A page that shows the first pass and the reranked documents side by side";
  }
}
