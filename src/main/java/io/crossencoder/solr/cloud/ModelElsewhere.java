// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.cloud;

import io.crossencoder.solr.parameters.AbsentModel;
import io.crossencoder.solr.rerank.RerankQuery;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.solr.cloud.CloudDescriptor;
import org.apache.solr.cloud.ZkController;
import org.apache.solr.common.cloud.DocCollection;
import org.apache.solr.common.params.CommonParams;
import org.apache.solr.common.params.FacetParams;
import org.apache.solr.common.params.ModifiableSolrParams;
import org.apache.solr.common.params.ShardParams;
import org.apache.solr.common.params.SolrParams;
import org.apache.solr.handler.component.ResponseBuilder;
import org.apache.solr.handler.component.SearchComponent;
import org.apache.solr.handler.component.ShardHandler;
import org.apache.solr.handler.component.ShardRequest;
import org.apache.solr.handler.component.ShardResponse;

/**
 * Handles a model that is missing on the coordinator and on all replicas of the request. Asks one
 * replica per other node, without hits: if one of them has the model, the response has the
 * first-pass order; otherwise the request is rejected.
 */
record ModelElsewhere(SearchComponent component, ResponseBuilder builder) {

  /** The parameter with which Solr sends a request to another handler than /select. */
  private static final String HANDLER = "qt";

  /** Called when the hits of the shards are present: sends the requests if necessary. */
  void ask(ShardRequest search) {
    boolean missing =
        RerankQuery.asked(builder)
            .map(rerank -> ModelOnNode.isMissingOn(rerank, search.responses))
            .orElse(false);
    String[] others = missing ? others(ModelOnNode.answering(search.responses)) : new String[0];
    if (others.length > 0) {
      ShardRequest request = question(others, search.params);
      builder.req.getContext().put(ModelElsewhere.class, request);
      builder.addRequest(component, request);
    }
  }

  /**
   * For a collection with one shard, where no request to a shard follows: asks the other nodes now.
   *
   * @throws SolrException 400 if no other node has the model
   */
  void need(AbsentModel here) {
    String[] others = others(Set.of());
    ShardRequest request = question(others, builder.req.getParams());
    request.actualShards = others;
    request.responses = new ArrayList<>();
    request.params.set(CommonParams.DISTRIB, false);
    request.params.set(ShardParams.IS_SHARD, true);
    request.params.set(ShardParams.SHARDS_PURPOSE, request.purpose);
    request.params.set(HANDLER, (String) builder.req.getContext().get(CommonParams.PATH));
    ShardHandler nodes = builder.req.getCoreContainer().getShardHandlerFactory().getShardHandler();
    for (String other : others) {
      nodes.submit(request, other, request.params);
    }
    if (others.length > 0) {
      nodes.takeCompletedIncludingErrors();
    }
    if (ModelOnNode.areWithout(request.responses)) {
      throw here.refusal();
    }
  }

  private ShardRequest question(String[] nodes, SolrParams asked) {
    ShardRequest request = new ShardRequest();
    request.purpose = ShardRequest.PURPOSE_PRIVATE;
    request.shards = nodes;
    request.params = new ModifiableSolrParams(asked);
    request.params.set(CommonParams.Q, "*:*");
    request.params.set(CommonParams.ROWS, 0);
    request.params.set(FacetParams.FACET, false);
    request.params.remove("json.facet");
    request.params.remove(CommonParams.FQ);
    return request;
  }

  /** The address of one replica per node that has not received a request yet. */
  private String[] others(Set<String> asked) {
    CloudDescriptor core = builder.req.getCore().getCoreDescriptor().getCloudDescriptor();
    if (core == null) {
      return new String[0];
    }
    ZkController zk = builder.req.getCoreContainer().getZkController();
    DocCollection collection = zk.getClusterState().getCollection(core.getCollectionName());
    Map<String, String> addresses = new LinkedHashMap<>();
    collection.getSlices().stream()
        .flatMap(slice -> slice.getReplicas().stream())
        .filter(replica -> replica.isActive(zk.getClusterState().getLiveNodes()))
        .filter(replica -> !asked.contains(replica.getNodeName()))
        .filter(replica -> !zk.getNodeName().equals(replica.getNodeName()))
        .forEach(replica -> addresses.putIfAbsent(replica.getNodeName(), replica.getCoreUrl()));
    return addresses.values().toArray(String[]::new);
  }

  /** The responses of the other nodes. */
  static List<ShardResponse> answers(ResponseBuilder builder) {
    return builder.req.getContext().get(ModelElsewhere.class) instanceof ShardRequest request
        ? request.responses
        : List.of();
  }
}
