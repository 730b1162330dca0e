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
   * Called by Solr for each core.
   *
   * @param resourceId path of the store
   * @param loader resource loader of the core
   * @param storage storage of the configset
   */
  public CrossEncoderModelStore(String resourceId, SolrResourceLoader loader, StorageIO storage) {
    super(resourceId, loader, storage);
  }
}
