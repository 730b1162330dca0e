// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.cloud;

import io.crossencoder.solr.report.ResponseSection;
import io.crossencoder.solr.request.ShardMessages;
import java.util.ArrayList;
import java.util.List;
import org.apache.solr.common.SolrDocumentList;
import org.apache.solr.common.params.ShardParams;
import org.apache.solr.handler.component.QueryComponent;
import org.apache.solr.handler.component.ResponseBuilder;
import org.apache.solr.handler.component.SearchComponent;
import org.apache.solr.handler.component.ShardRequest;
import org.apache.solr.handler.component.ShardResponse;

/**
 * Handles a page that starts after all hits of a shard that reranks its own hits. Only the
 * coordinator knows whether the collection has hits for the page. Such a shard therefore does not
 * rerank until the coordinator sends a second request.
 */
record LatePage(SearchComponent component, ResponseBuilder builder) {

  private static final String HITS = "response";
  private static final String HITS_IN_LOG = "hits";

  /**
   * Called when the hits of the shards are present: sends the second request if the page has hits.
   */
  void ask(ShardRequest search) {
    int start = builder.getSortSpec().getOffset();
    long found = search.responses.stream().mapToLong(LatePage::found).sum();
    String[] waiting =
        search.responses.stream()
            .filter(LatePage::waits)
            .map(ShardResponse::getShard)
            .toArray(String[]::new);
    if (start == 0 || found <= start || waiting.length == 0) {
      return;
    }
    ShardRequest again = new ShardRequest();
    // An internal purpose; a shard must also refine term counts as in the first request.
    again.purpose =
        ShardRequest.PURPOSE_PRIVATE | (search.purpose & ShardRequest.PURPOSE_SET_TERM_STATS);
    again.shards = waiting;
    again.params = ShardMessages.withoutStart(search.params);
    ShardMessages.tellTimeLeft(builder, again.params);
    builder.req.getContext().put(LatePage.class, List.of(search, again));
    builder.addRequest(component, again);
  }

  /** Called when shards respond: responses to the second request replace the first ones. */
  void take(ShardRequest request) {
    List<?> asked = (List<?>) builder.req.getContext().get(LatePage.class);
    if (asked == null || asked.get(1) != request) {
      return;
    }
    ShardRequest search = (ShardRequest) asked.get(0);
    List<ShardResponse> responses = new ArrayList<>(request.responses);
    search.responses.stream().filter(one -> !isAmong(request.shards, one)).forEach(responses::add);
    search.responses.clear();
    search.responses.addAll(responses);
    // Left by the first merge.
    builder.rsp.getValues().remove(ShardParams.SHARDS_INFO);
    builder.rsp.getToLog().remove(HITS_IN_LOG);
    builder.components.stream()
        .filter(QueryComponent.class::isInstance)
        .forEach(query -> ((QueryComponent) query).handleResponses(builder, search));
  }

  private static boolean isAmong(String[] shards, ShardResponse response) {
    return List.of(shards).contains(response.getShard());
  }

  private static long found(ShardResponse response) {
    return ShardMessages.part(response, HITS) instanceof SolrDocumentList hits
        ? hits.getNumFound()
        : 0;
  }

  private static boolean waits(ShardResponse response) {
    return found(response) > 0
        && RerankComponent.section(response).map(ResponseSection::isOfNoHits).orElse(false);
  }
}
