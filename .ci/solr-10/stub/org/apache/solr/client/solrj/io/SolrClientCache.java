// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package org.apache.solr.client.solrj.io;

import java.io.Closeable;
import org.apache.solr.client.solrj.impl.HttpSolrClientBase;

/**
 * As much of Solr 10's as {@code CoreContainer} calls, for where solr-solrj-streaming 10.0.0 cannot
 * be resolved: streaming expressions do not work then.
 */
public class SolrClientCache implements Closeable {

  public SolrClientCache() {}

  public SolrClientCache(HttpSolrClientBase client) {}

  public void setDefaultZKHost(String zkHost) {}

  @Override
  public void close() {}
}
