// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr;

import java.io.IOException;
import java.util.List;
import org.apache.solr.handler.component.ResponseBuilder;
import org.apache.solr.handler.component.SearchComponent;
import org.apache.solr.handler.component.ShardRequest;
import org.apache.solr.handler.component.ShardResponse;

/**
 * The component {@code crossencoder}: what a rerank needs where the hits of several shards meet. It
 * makes one section {@code crossEncoder} of those of the shards, and it does the reranking of
 * {@code reRankScope=global}.
 *
 * <pre>{@code
 * <searchComponent name="crossencoder" class="io.crossencoder.solr.CrossEncoderComponent"/>
 * <requestHandler name="/select" class="solr.SearchHandler">
 *   <arr name="last-components">
 *     <str>crossencoder</str>
 *   </arr>
 * </requestHandler>
 * }</pre>
 *
 * <p>Requests without {@code rq={!crossencoder}} and cores that are not distributed do not notice
 * it.
 */
public final class CrossEncoderComponent extends SearchComponent {

  @Override
  public void prepare(ResponseBuilder builder) {
    GlobalScopeQuery.takeOutOf(builder);
  }

  @Override
  public void process(ResponseBuilder builder) throws IOException {
    GlobalScopeQuery.find(builder).ifPresent(query -> ShardEvidence.add(builder, query));
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
    if (builder.getStage() != ResponseBuilder.STAGE_EXECUTE_QUERY || builder.finished == null) {
      return;
    }
    List<ShardResponse> responses =
        builder.finished.stream()
            .filter(CrossEncoderComponent::asksForTopIds)
            .flatMap(request -> request.responses.stream())
            .toList();
    GlobalScopeQuery.find(builder)
        .ifPresent(query -> new GlobalRerank(builder, query).rerank(responses));
    if (builder.getRankQuery() instanceof CrossEncoderQuery) {
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
