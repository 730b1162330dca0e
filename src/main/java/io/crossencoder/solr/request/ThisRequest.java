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

/** The client request that the current thread works for, if there is one. */
public final class ThisRequest {

  private ThisRequest() {}

  /** Solr's information about the request. */
  static Optional<SolrRequestInfo> info() {
    return Optional.ofNullable(SolrRequestInfo.getRequestInfo());
  }

  /** The request. */
  public static Optional<SolrQueryRequest> request() {
    return info().map(SolrRequestInfo::getReq);
  }

  /** The shared state of the search components; empty outside of a search. */
  public static Optional<ResponseBuilder> builder() {
    return info().map(SolrRequestInfo::getResponseBuilder);
  }

  /** The parameters of the request. */
  public static Optional<SolrParams> params() {
    return request().map(SolrQueryRequest::getParams);
  }

  /** A map that is kept until the request ends. */
  public static Optional<Map<Object, Object>> context() {
    return request().map(SolrQueryRequest::getContext);
  }

  /** The response; empty if no client waits for it. */
  public static Optional<SolrQueryResponse> response() {
    return info().map(SolrRequestInfo::getRsp);
  }

  /** The page that the search found; empty before the search ends. */
  public static Optional<DocList> page() {
    return builder().map(ResponseBuilder::getResults).map(results -> results.docList);
  }

  /** Whether this node merges the results of several shards. */
  public static boolean coordinates() {
    return builder().map(ResponseBuilder::isDistributed).orElse(false);
  }

  /** Whether this is a distributed request, on the coordinator or on a shard. */
  public static boolean isOverShards(SolrParams params) {
    return coordinates() || ShardMessages.isOfShard(params);
  }

  /** The name of the node of a request, for messages. */
  public static String node(SolrQueryRequest request) {
    CoreContainer node = request.getCoreContainer();
    return node.isZooKeeperAware() ? node.getZkController().getNodeName() : node.getHostName();
  }
}
