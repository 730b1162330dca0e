// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.cloud;

import io.crossencoder.solr.parameters.QueryText;
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
 * The order of hits of the same score where each shard reranks its own: by uniqueKey, behind all
 * that the request sorts by.
 *
 * <p>Without it a shard takes the order of its replica's index, and the merge that of the replicas'
 * addresses: both change from request to request, so that a hit is on two pages or on none.
 */
final class ShardTies {

  private ShardTies() {}

  /** On the coordinator, before it asks the shards: what the merge goes by. */
  static void breakThem(ResponseBuilder builder) {
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
    // Without docValues Solr would build a table of all keys in memory, which nobody asked for.
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

  /** In the local parameters of q, which say more than those of the request. */
  private static boolean hasSortOfItsOwn(ResponseBuilder builder) {
    SolrParams local = builder.getQparser() == null ? null : builder.getQparser().getLocalParams();
    return (local != null && local.get(CommonParams.SORT) != null)
        || QueryText.isCombined(builder.req.getParams());
  }

  /** Into the request to the shards: the same order as the merge's. */
  static void tell(ResponseBuilder builder, ShardRequest request) {
    Object sort = builder.req.getContext().get(ShardTies.class);
    if (sort != null) {
      request.params.set(CommonParams.SORT, (String) sort);
    }
  }
}
