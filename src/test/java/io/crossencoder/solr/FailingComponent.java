// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr;

import org.apache.solr.core.SolrCore;
import org.apache.solr.handler.component.ResponseBuilder;
import org.apache.solr.handler.component.SearchComponent;
import org.apache.solr.util.plugin.SolrCoreAware;

/** Prevents its core from loading after everything else was loaded. */
public final class FailingComponent extends SearchComponent implements SolrCoreAware {

  @Override
  public void inform(SolrCore core) {
    throw new IllegalStateException("this component never starts");
  }

  @Override
  public void prepare(ResponseBuilder builder) {}

  @Override
  public void process(ResponseBuilder builder) {}

  @Override
  public String getDescription() {
    return "fails";
  }
}
