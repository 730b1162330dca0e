// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr;

import io.crossencoder.solr.models.ModelStore;
import org.apache.solr.core.SolrResourceLoader;
import org.apache.solr.rest.ManagedResourceStorage.StorageIO;

/**
 * The model store, {@code /schema/cross-encoder-model-store}. The parser registers it; Solr writes
 * this class name into the configset.
 */
public final class CrossEncoderModelStore extends ModelStore {

  /**
   * For Solr, which makes one by reflection for each core.
   *
   * @param resourceId the path of the store
   * @param loader the loader of the core
   * @param storage where the configset keeps the data
   */
  public CrossEncoderModelStore(String resourceId, SolrResourceLoader loader, StorageIO storage) {
    super(resourceId, loader, storage);
  }
}
