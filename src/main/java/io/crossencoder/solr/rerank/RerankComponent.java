// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.rerank;

import java.io.IOException;
import java.util.List;
import org.apache.solr.handler.component.ResponseBuilder;
import org.apache.solr.handler.component.SearchComponent;
import org.apache.solr.handler.component.ShardRequest;
import org.apache.solr.handler.component.ShardResponse;

/** Merges what the shards of a request did, and reranks once for {@code reRankScope=global}. */
public abstract class RerankComponent extends SearchComponent {

  /** In the context of a request whose shards' hits are merged. */
  private static final String MERGED = RerankComponent.class.getName() + ".merged";

  /** For the class that solrconfig names. */
  protected RerankComponent() {}

  @Override
  public void prepare(ResponseBuilder builder) {
    GlobalScopeQuery.takeOutOf(builder);
  }

  @Override
  public void process(ResponseBuilder builder) throws IOException {
    GlobalScopeQuery.find(builder).ifPresent(query -> ShardInputs.add(builder, query));
  }

  @Override
  public void modifyRequest(ResponseBuilder builder, SearchComponent who, ShardRequest request) {
    if (asksForTopIds(request)) {
      GlobalScopeQuery.find(builder)
          .ifPresent(query -> new GlobalRerank(builder, query).widen(request));
    }
  }

  @Override
  public void finishStage(ResponseBuilder builder) {
    List<ShardRequest> searches =
        builder.finished == null
            ? List.of()
            : builder.finished.stream().filter(RerankComponent::asksForTopIds).toList();
    // The first stage that ends with hits. Its number is a field in Solr 9.9 and a method in 10.
    if (searches.isEmpty() || builder.req.getContext().putIfAbsent(MERGED, true) != null) {
      return;
    }
    List<ShardResponse> responses =
        searches.stream().flatMap(request -> request.responses.stream()).toList();
    GlobalScopeQuery.find(builder)
        .ifPresent(query -> new GlobalRerank(builder, query).rerank(responses));
    if (builder.getRankQuery() instanceof RerankQuery) {
      ShardSections.merge(builder, responses);
    }
  }

  private static boolean asksForTopIds(ShardRequest request) {
    return (request.purpose & ShardRequest.PURPOSE_GET_TOP_IDS) != 0;
  }

  @Override
  public String getDescription() {
    return "merges what shards say of their rerank; reranks the collection's best hits once";
  }
}
