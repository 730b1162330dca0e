// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.rerank;

import io.crossencoder.lucene.RescoreInput;
import io.crossencoder.model.Passage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.search.ScoreDoc;
import org.apache.solr.common.params.CommonParams;
import org.apache.solr.common.params.ShardParams;
import org.apache.solr.common.util.NamedList;
import org.apache.solr.common.util.SimpleOrderedMap;
import org.apache.solr.handler.component.ResponseBuilder;
import org.apache.solr.handler.component.ShardDoc;
import org.apache.solr.handler.component.ShardResponse;
import org.apache.solr.search.DocIterator;
import org.apache.solr.search.DocList;

/**
 * What shards tell the coordinator of their best hits for {@code reRankScope=global}: one passage a
 * hit, in the order of the shard's page, and the values of the fields that the blend reads.
 */
final class ShardInputs {

  private static final String NAME = "crossEncoderEvidence";
  private static final String PASSAGES = "passages";
  private static final String FIELDS = "fields";

  private final Map<String, NamedList<?>> byShard = new HashMap<>();

  /** On the coordinator: what the shards sent. */
  ShardInputs(List<ShardResponse> responses) {
    for (ShardResponse response : responses) {
      if (response.getException() == null && response.getSolrResponse() != null) {
        byShard.put(
            response.getShard(), (NamedList<?>) response.getSolrResponse().getResponse().get(NAME));
      }
    }
  }

  /** On a shard: adds it to the response, where the request is one for the best hits. */
  static void add(ResponseBuilder builder, GlobalScopeQuery query) {
    boolean wanted =
        builder.req.getParams().getBool(ShardParams.IS_SHARD, false)
            && builder.req.getParams().get(ShardParams.IDS) == null
            && builder.req.getParams().getInt(CommonParams.ROWS, 1) > 0
            && !query.context().isSkipped()
            && builder.getResults() != null;
    if (!wanted) {
      return;
    }
    ScoreDoc[] hits = best(builder.getResults().docList, query.context().ordering().reRankDocs());
    try {
      RescoreInput input = query.rescorer().read(builder.req.getSearcher(), hits);
      SimpleOrderedMap<Object> section = new SimpleOrderedMap<>();
      section.add(
          PASSAGES,
          input.passages().stream().map(each -> List.of(each.title(), each.text())).toList());
      section.add(FIELDS, Arrays.stream(input.fields()).map(ShardInputs::boxed).toList());
      builder.rsp.add(NAME, section);
    } catch (IOException | RuntimeException e) {
      // The coordinator misses it, and fails or returns the first pass, as the request wants.
      query
          .context()
          .metrics()
          .failures()
          .report("the passages of hits cannot be read for the coordinator", e);
    }
  }

  private static ScoreDoc[] best(DocList page, int most) {
    ScoreDoc[] hits = new ScoreDoc[Math.min(page.size(), most)];
    DocIterator docs = page.iterator();
    for (int i = 0; i < hits.length; i++) {
      hits[i] = new ScoreDoc(docs.nextDoc(), Float.NaN);
    }
    return hits;
  }

  private static List<Double> boxed(double[] values) {
    return Arrays.stream(values).boxed().toList();
  }

  /** What is known of these hits, in their order. */
  RescoreInput of(Collection<ShardDoc> hits) {
    List<Passage> passages = new ArrayList<>(hits.size());
    List<double[]> fields = new ArrayList<>(hits.size());
    for (ShardDoc hit : hits) {
      NamedList<?> section = byShard.get(hit.shard);
      if (section == null) {
        throw new IllegalStateException(
            "no passages came from " + hit.shard + "; see the log of that node");
      }
      List<?> parts = (List<?>) at(section.get(PASSAGES), hit.orderInShard);
      passages.add(new Passage((String) parts.get(0), (String) parts.get(1)));
      fields.add(unboxed((List<?>) at(section.get(FIELDS), hit.orderInShard)));
    }
    return new RescoreInput(passages, fields.toArray(double[][]::new));
  }

  private static Object at(Object list, int index) {
    return ((List<?>) list).get(index);
  }

  private static double[] unboxed(List<?> values) {
    return values.stream().mapToDouble(value -> ((Number) value).doubleValue()).toArray();
  }
}
