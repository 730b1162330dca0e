// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr;

import java.io.Closeable;
import java.nio.file.Path;
import java.util.List;
import org.apache.lucene.util.ResourceLoader;
import org.apache.lucene.util.ResourceLoaderAware;
import org.apache.solr.common.SolrException;
import org.apache.solr.common.SolrException.ErrorCode;
import org.apache.solr.common.params.SolrParams;
import org.apache.solr.common.util.NamedList;
import org.apache.solr.core.CoreContainer;
import org.apache.solr.core.SolrResourceLoader;
import org.apache.solr.request.SolrQueryRequest;
import org.apache.solr.search.QParser;
import org.apache.solr.search.QParserPlugin;

/**
 * The parser {@code crossencoder}: {@code rq={!crossencoder reRankDocs=50}} reorders the best 50
 * hits by what an ONNX cross-encoder says of each.
 *
 * <pre>{@code
 * <queryParser name="crossencoder" class="io.crossencoder.solr.CrossEncoderQParserPlugin">
 *   <str name="model">tmdb-starter</str>
 *   <str name="fields">title,overview</str>
 * </queryParser>
 * }</pre>
 *
 * <p>Models are loaded with the core, from {@code <solr home>/models}; one that is broken stops the
 * core from loading. A node has each model in memory once, however many cores use it.
 */
public final class CrossEncoderQParserPlugin extends QParserPlugin
    implements ResourceLoaderAware, Closeable {

  private PluginConfig config;
  private InstalledModels models;

  @Override
  public void init(NamedList<?> args) {
    config = PluginConfig.parse(args);
  }

  @Override
  public void inform(ResourceLoader loader) {
    SolrResourceLoader core = (SolrResourceLoader) loader;
    CoreContainer node = core.getCoreContainer();
    PluginPlace.check(getClass(), node.getResourceLoader().getClassLoader(), core.getClassLoader());
    Path directory = node.getConfig().getSolrHome().resolve("models");
    models = InstalledModels.load(directory, config.models(), NodeRegistry.of(node));
    String standard = config.defaults().get(RerankParameter.MODEL.key);
    if (standard != null && models.find(standard).isEmpty()) {
      String installed = models.describe();
      models.close();
      throw new SolrException(
          ErrorCode.SERVER_ERROR,
          "solrconfig, queryParser crossencoder: the model "
              + standard
              + " is not there; "
              + installed);
    }
  }

  @Override
  public QParser createParser(
      String body, SolrParams localParams, SolrParams params, SolrQueryRequest req) {
    return new CrossEncoderQParser(body, localParams, params, req, config, models);
  }

  /** What solrconfig gives to parameters that a request leaves out. */
  SolrParams defaults() {
    return config.defaults();
  }

  int maxReRankDocs() {
    return config.maxReRankDocs();
  }

  /** Names of the models that a request may choose from, sorted. */
  List<String> models() {
    return models.names();
  }

  @Override
  public void close() {
    if (models != null) {
      models.close();
    }
  }
}
