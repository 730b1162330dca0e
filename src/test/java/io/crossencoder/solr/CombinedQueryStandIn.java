// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.search.TotalHits;
import org.apache.solr.common.params.SolrParams;
import org.apache.solr.handler.component.QueryComponent;
import org.apache.solr.handler.component.ResponseBuilder;
import org.apache.solr.response.BasicResultContext;
import org.apache.solr.response.SolrQueryResponse;
import org.apache.solr.search.DocIterator;
import org.apache.solr.search.DocListAndSet;
import org.apache.solr.search.DocSlice;

/**
 * Behaves like the CombinedQueryComponent of Solr 9.11 and 10.1 on a shard with {@code
 * combiner=true}: it prepares and runs the query component for each {@code combiner.query}, with a
 * separate builder and response and the parameters of the request, including {@code rq}. It also
 * contains the fusion, which Solr does on the coordinator.
 */
public final class CombinedQueryStandIn extends QueryComponent {

  private static final String BUILDERS = CombinedQueryStandIn.class.getName();

  @Override
  public void prepare(ResponseBuilder builder) throws IOException {
    SolrParams params = builder.req.getParams();
    if (params.getBool("combiner", false)) {
      List<ResponseBuilder> lists = new ArrayList<>();
      for (String name : params.getParams("combiner.query")) {
        ResponseBuilder list =
            new ResponseBuilder(builder.req, new SolrQueryResponse(), builder.components);
        list.setQueryString(params.get(name));
        super.prepare(list);
        lists.add(list);
      }
      builder.req.getContext().put(BUILDERS, lists);
    }
    super.prepare(builder);
  }

  @Override
  @SuppressWarnings("unchecked")
  public void process(ResponseBuilder builder) throws IOException {
    List<ResponseBuilder> lists = (List<ResponseBuilder>) builder.req.getContext().get(BUILDERS);
    if (lists == null) {
      super.process(builder);
      return;
    }
    Map<Integer, Float> scores = new HashMap<>();
    for (ResponseBuilder list : lists) {
      list.rsp.addResponseHeader(new org.apache.solr.common.util.SimpleOrderedMap<>());
      super.process(list);
      int rank = 1;
      for (DocIterator docs = list.getResults().docList.iterator(); docs.hasNext(); rank++) {
        scores.merge(docs.nextDoc(), 1f / (60 + rank), Float::sum);
      }
    }
    int[] docs =
        scores.entrySet().stream()
            .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
            .mapToInt(Map.Entry::getKey)
            .toArray();
    float[] fused = new float[docs.length];
    for (int i = 0; i < docs.length; i++) {
      fused[i] = scores.get(docs[i]);
    }
    DocListAndSet results = new DocListAndSet();
    results.docList =
        new DocSlice(
            0, docs.length, docs, fused, docs.length, fused[0], TotalHits.Relation.EQUAL_TO);
    builder.setResults(results);
    builder.rsp.addResponse(new BasicResultContext(builder));
  }
}
