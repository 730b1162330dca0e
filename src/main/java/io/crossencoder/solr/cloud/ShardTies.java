// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.cloud;

import io.crossencoder.solr.parameters.QueryText;
import io.crossencoder.solr.parameters.RerankParams.Scope;
import io.crossencoder.solr.request.ShardMessages;
import io.crossencoder.solr.rerank.RerankQuery;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.solr.common.params.CommonParams;
import org.apache.solr.common.params.SolrParams;
import org.apache.solr.handler.component.ResponseBuilder;
import org.apache.solr.handler.component.ShardRequest;
import org.apache.solr.schema.SchemaField;
import org.apache.solr.search.SortSpec;

/**
 * The order of hits with equal scores if each shard reranks its own hits: by uniqueKey, after the
 * sort criteria of the request.
 *
 * <p>Otherwise a shard uses the order of its replica's index and the merge uses the addresses of
 * the replicas. Both change between requests, so a hit could be on two pages or on none.
 */
final class ShardTies {

  private ShardTies() {}

  /**
   * Before the search, or before requests are sent to shards: adds the uniqueKey to the sort. A
   * node with a replica of the only shard searches it without a request; its order must be the same
   * as that of the other nodes.
   */
  static void breakThem(ResponseBuilder builder) {
    if (!areNeeded(builder)) {
      return;
    }
    SchemaField key = builder.req.getSchema().getUniqueKeyField();
    SortSpec page = builder.getSortSpec();
    List<SortField> sort = new ArrayList<>();
    List<SchemaField> fields = new ArrayList<>();
    if (page.getSort() == null) {
      sort.add(SortField.FIELD_SCORE);
      fields.add(null);
    } else {
      sort.addAll(List.of(page.getSort().getSort()));
      fields.addAll(page.getSchemaFields());
    }
    // Without docValues, Solr would build a table of all keys in memory.
    if (!key.hasDocValues()
        || sort.stream().anyMatch(by -> key.getName().equals(by.getField()))
        || hasSortOfItsOwn(builder)) {
      return;
    }
    sort.add(key.getSortField(false));
    fields.add(key);
    builder.setSortSpec(
        new SortSpec(
            new Sort(sort.toArray(SortField[]::new)), fields, page.getCount(), page.getOffset()));
    String asked = builder.req.getParams().get(CommonParams.SORT, "").trim();
    builder
        .req
        .getContext()
        .put(
            ShardTies.class,
            (asked.isEmpty() ? "score desc" : asked) + "," + key.getName() + " asc");
  }

  /**
   * Requests of a coordinator contain its sort, and that of one core has the order of its index.
   */
  private static boolean areNeeded(ResponseBuilder builder) {
    return builder.getRankQuery() instanceof RerankQuery query
        && query.context().params().scope() == Scope.SHARD
        && (builder.isDistributed()
            || (builder.req.getCoreContainer().isZooKeeperAware()
                && !ShardMessages.isOfShard(builder.req.getParams())));
  }

  /** In the local parameters of q, which take precedence over those of the request. */
  private static boolean hasSortOfItsOwn(ResponseBuilder builder) {
    SolrParams local = builder.getQparser() == null ? null : builder.getQparser().getLocalParams();
    return (local != null && local.get(CommonParams.SORT) != null)
        || QueryText.isCombined(builder.req.getParams());
  }

  /** Adds the sort of the merge to the requests to shards. */
  static void tell(ResponseBuilder builder, ShardRequest request) {
    Object sort = builder.req.getContext().get(ShardTies.class);
    if (sort != null) {
      request.params.set(CommonParams.SORT, (String) sort);
    }
  }
}
