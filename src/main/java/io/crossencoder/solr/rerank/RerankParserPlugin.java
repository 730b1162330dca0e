// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.rerank;

import io.crossencoder.solr.metrics.NodeMetrics;
import io.crossencoder.solr.models.CoreModels;
import io.crossencoder.solr.models.ModelStore;
import io.crossencoder.solr.parameters.PluginConfig;
import io.crossencoder.solr.parameters.RerankParameter;
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
import org.apache.solr.search.QParserPlugin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The plugin of the query parser: one object per core, with its models and defaults. */
public abstract class RerankParserPlugin extends QParserPlugin
    implements ResourceLoaderAware, ManagedResourceObserver, Closeable {

  private static final Logger LOG = LoggerFactory.getLogger(RerankParserPlugin.class);

  private final Class<? extends ModelStore> storeClass;
  private PluginConfig config;
  private CoreModels models;
  private NodeMetrics metrics;
  private boolean closed;

  /**
   * Called by the class that {@code solrconfig.xml} declares.
   *
   * @param storeClass class of the model store
   */
  protected RerankParserPlugin(Class<? extends ModelStore> storeClass) {
    this.storeClass = storeClass;
  }

  @Override
  public void init(NamedList<?> args) {
    config = PluginConfig.parse(args);
  }

  @Override
  public void inform(ResourceLoader loader) {
    if (closed) {
      // If two parsers have the same name, Solr closes the first one immediately, but still calls
      // inform().
      return;
    }
    SolrResourceLoader core = (SolrResourceLoader) loader;
    CoreContainer node = core.getCoreContainer();
    ClassLoaderCheck.check(
        getClass(), node.getResourceLoader().getClassLoader(), core.getClassLoader());
    metrics = NodeMetrics.of(node);
    ModelStore store = ModelStore.of(core, this, storeClass);
    models = CoreModels.load(node, config.models(), store);
    String standard = config.defaults().get(RerankParameter.MODEL.key());
    if (standard != null) {
      models.need(standard);
    } else {
      models.onlyInstalled().ifPresent(this::useByDefault);
    }
  }

  private void useByDefault(String model) {
    LOG.info(
        "{} is the default model of {!crossencoder}, because it is the only installed model",
        model);
    config = config.withDefault(RerankParameter.MODEL, model);
  }

  /**
   * {@inheritDoc} Solr calls this only for the first parser of a core; each parser gets the store
   * itself.
   */
  @Override
  public void onManagedResourceInitialized(NamedList<?> args, ManagedResource store) {}

  @Override
  public RerankParser createParser(
      String body, SolrParams localParams, SolrParams params, SolrQueryRequest req) {
    return new RerankParser(body, localParams, params, req, config, models, metrics);
  }

  /** {@return the defaults of request parameters in {@code solrconfig.xml}} */
  public SolrParams defaults() {
    return config.defaults();
  }

  /** {@return the maximum {@code reRankDocs} of a request} */
  public int maxReRankDocs() {
    return config.maxReRankDocs();
  }

  /** {@return the names of the available models, sorted} */
  public List<String> models() {
    return models.names();
  }

  @Override
  public void close() {
    closed = true;
    if (models != null) {
      models.close();
      metrics.forgetUnloadedCores();
    }
  }
}
