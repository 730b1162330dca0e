// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.cloud;

import io.crossencoder.model.ModelSpec;
import io.crossencoder.solr.parameters.AbsentModel;
import io.crossencoder.solr.report.RerankContext;
import io.crossencoder.solr.report.ResponseSection;
import io.crossencoder.solr.request.ShardMessages;
import io.crossencoder.solr.request.ThisRequest;
import io.crossencoder.solr.rerank.GlobalScopeQuery;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.solr.common.SolrException;
import org.apache.solr.common.util.NamedList;
import org.apache.solr.common.util.SimpleOrderedMap;
import org.apache.solr.handler.component.ResponseBuilder;
import org.apache.solr.handler.component.ShardResponse;

/**
 * The model files of a request's model on a node. Nodes with different files return different
 * scores, so their pages are inconsistent.
 *
 * @param node name of the node in the cluster
 * @param fingerprint fingerprint of the model; empty if the node lacks the model
 * @param graph selected ONNX file
 */
record ModelOnNode(String node, String fingerprint, String graph) {

  /** Key in the response of a shard. */
  private static final String NAME = "crossEncoderModel";

  private static final String NODE = "node";
  private static final String FINGERPRINT = "fingerprint";
  private static final String GRAPH = "graph";

  private static ModelOnNode of(ResponseBuilder builder, RerankContext context) {
    ModelSpec model = context.params().model().spec();
    return new ModelOnNode(ThisRequest.node(builder.req), model.shortFingerprint(), model.file());
  }

  private boolean isMissing() {
    return fingerprint.isEmpty();
  }

  /** On a shard: adds the files to the response. */
  static void add(ResponseBuilder builder, RerankContext context) {
    if (ShardMessages.isOfShard(builder.req.getParams())) {
      ModelOnNode here = of(builder, context);
      NamedList<Object> written = new SimpleOrderedMap<>();
      written.add(NODE, here.node);
      written.add(FINGERPRINT, here.fingerprint);
      written.add(GRAPH, here.graph);
      builder.rsp.add(NAME, written);
    }
  }

  private static Stream<ModelOnNode> onShards(List<ShardResponse> responses) {
    return responses.stream().map(ModelOnNode::read).filter(Objects::nonNull);
  }

  private static ModelOnNode read(ShardResponse response) {
    return ShardMessages.part(response, NAME) instanceof NamedList<?> written
        ? new ModelOnNode(
            (String) written.get(NODE),
            (String) written.get(FINGERPRINT),
            (String) written.get(GRAPH))
        : null;
  }

  /** On the coordinator: whether it and all shards that responded lack the model. */
  static boolean isMissingOn(RerankContext context, List<ShardResponse> responses) {
    return context.params().model() instanceof AbsentModel && areWithout(responses);
  }

  /** Whether all nodes that responded lack the model. */
  static boolean areWithout(List<ShardResponse> responses) {
    return onShards(responses).allMatch(ModelOnNode::isMissing);
  }

  /** The nodes that responded. */
  static Set<String> answering(List<ShardResponse> responses) {
    return onShards(responses).map(ModelOnNode::node).collect(Collectors.toSet());
  }

  /**
   * On the coordinator, before the hits of shards are used.
   *
   * @throws SolrException 400 if no node has the model
   */
  static void refuseWhatNobodyHas(
      ResponseBuilder builder, RerankContext context, List<ShardResponse> responses) {
    if (context.params().model() instanceof AbsentModel here
        && isMissingOn(context, responses)
        && isMissingOn(context, ModelElsewhere.answers(builder))) {
      throw here.refusal();
    }
  }

  /** On the coordinator: compares the files of the nodes. */
  static void compare(
      ResponseBuilder builder, RerankContext context, List<ShardResponse> responses) {
    boolean global = GlobalScopeQuery.of(builder).isPresent();
    // In global scope only the coordinator needs the model.
    Stream<ModelOnNode> all =
        global
            ? Stream.concat(
                Stream.of(of(builder, context)),
                onShards(responses).filter(one -> !one.isMissing()))
            : onShards(responses);
    TreeMap<String, List<ModelOnNode>> byFiles =
        all.collect(
            Collectors.groupingBy(
                one -> one.isMissing() ? "missing" : one.fingerprint + " " + one.graph,
                TreeMap::new,
                Collectors.toList()));
    if (byFiles.size() < 2 || ResponseSection.in(builder.rsp).isEmpty()) {
      return;
    }
    List<String> told =
        byFiles.entrySet().stream().map(e -> e.getKey() + " on " + nodes(e.getValue())).toList();
    ResponseSection.in(builder.rsp).get().add(ResponseSection.MODELS_DIFFER, told);
    context
        .metrics()
        .failures()
        .warn(
            "nodes have different files of model "
                + context.model()
                + "; their pages are inconsistent",
            String.join("; ", told));
  }

  private static String nodes(List<ModelOnNode> nodes) {
    return nodes.stream()
        .map(ModelOnNode::node)
        .distinct()
        .sorted()
        .collect(Collectors.joining(", "));
  }
}
