// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr;

import java.io.Closeable;
import java.util.List;
import org.apache.lucene.util.ResourceLoader;
import org.apache.lucene.util.ResourceLoaderAware;
import org.apache.solr.common.params.SolrParams;
import org.apache.solr.common.util.NamedList;
import org.apache.solr.core.CoreContainer;
import org.apache.solr.core.SolrResourceLoader;
import org.apache.solr.request.SolrQueryRequest;
import org.apache.solr.rest.ManagedResource;
import org.apache.solr.rest.ManagedResourceObserver;
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
 * <p>Models are loaded with the core: those of its {@link CrossEncoderModelStore} and those in
 * {@code <solr home>/models}. One that is broken stops the core from loading. A node has each model
 * in memory once, however many cores use it.
 */
public final class CrossEncoderQParserPlugin extends QParserPlugin
    implements ResourceLoaderAware, ManagedResourceObserver, Closeable {

  private PluginConfig config;
  private CoreModels models;
  private NodeFigures figures;
  private boolean closed;

  /** For Solr, which makes one by reflection for each time that a core's solrconfig names it. */
  public CrossEncoderQParserPlugin() {}

  @Override
  public void init(NamedList<?> args) {
    config = PluginConfig.parse(args);
  }

  @Override
  public void inform(ResourceLoader loader) {
    if (closed) {
      // Of two parsers with one name Solr closes the first at once, and informs it all the same.
      return;
    }
    SolrResourceLoader core = (SolrResourceLoader) loader;
    CoreContainer node = core.getCoreContainer();
    PluginPlace.check(getClass(), node.getResourceLoader().getClassLoader(), core.getClassLoader());
    figures = NodeFigures.of(node);
    CrossEncoderModelStore store = CrossEncoderModelStore.of(core, this);
    models = CoreModels.load(new ModelFolder(node), config.models(), store);
    String standard = config.defaults().get(RerankParameter.MODEL.key());
    if (standard != null) {
      models.need(standard);
    }
  }

  /** {@inheritDoc} Solr tells only the first parser of a core: each asks for the store itself. */
  @Override
  public void onManagedResourceInitialized(NamedList<?> args, ManagedResource store) {}

  @Override
  public QParser createParser(
      String body, SolrParams localParams, SolrParams params, SolrQueryRequest req) {
    return new CrossEncoderQParser(body, localParams, params, req, config, models, figures);
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
    closed = true;
    if (models != null) {
      models.close();
      figures.forgetUnloadedCores();
    }
  }
}
