// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.request;

import java.util.Map;
import java.util.Optional;
import org.apache.solr.common.params.SolrParams;
import org.apache.solr.core.CoreContainer;
import org.apache.solr.handler.component.ResponseBuilder;
import org.apache.solr.request.SolrQueryRequest;
import org.apache.solr.request.SolrRequestInfo;
import org.apache.solr.response.SolrQueryResponse;
import org.apache.solr.search.DocList;

/** The request that a client sent and that this thread works for; there may be none. */
public final class ThisRequest {

  private ThisRequest() {}

  /** All that Solr knows of it. */
  static Optional<SolrRequestInfo> info() {
    return Optional.ofNullable(SolrRequestInfo.getRequestInfo());
  }

  /** The request itself. */
  public static Optional<SolrQueryRequest> request() {
    return info().map(SolrRequestInfo::getReq);
  }

  /** What all components of the handler share; none outside of a search. */
  public static Optional<ResponseBuilder> builder() {
    return info().map(SolrRequestInfo::getResponseBuilder);
  }

  /** What it says. */
  public static Optional<SolrParams> params() {
    return request().map(SolrQueryRequest::getParams);
  }

  /** What is kept for it until it is over. */
  public static Optional<Map<Object, Object>> context() {
    return request().map(SolrQueryRequest::getContext);
  }

  /** What it gets; none where nobody waits for an answer. */
  public static Optional<SolrQueryResponse> response() {
    return info().map(SolrRequestInfo::getRsp);
  }

  /** The page that its search found; none before the search is over. */
  public static Optional<DocList> page() {
    return builder().map(ResponseBuilder::getResults).map(results -> results.docList);
  }

  /** Whether several shards answer it, and their hits are merged here. */
  public static boolean coordinates() {
    return builder().map(ResponseBuilder::isDistributed).orElse(false);
  }

  /** Whether it coordinates shards or is one of a shard's; else this core is the whole. */
  public static boolean isOverShards(SolrParams params) {
    return coordinates() || ShardMessages.isOfShard(params);
  }

  /** What the node is called that has a request: in SolrCloud by its name there. */
  public static String node(SolrQueryRequest request) {
    CoreContainer node = request.getCoreContainer();
    return node.isZooKeeperAware() ? node.getZkController().getNodeName() : node.getHostName();
  }
}
