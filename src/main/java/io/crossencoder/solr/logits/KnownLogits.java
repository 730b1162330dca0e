// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.logits;

import io.crossencoder.lucene.Candidate;
import io.crossencoder.lucene.RescoreResult;
import io.crossencoder.lucene.TailScores;
import io.crossencoder.solr.report.FinishedRescoring;
import io.crossencoder.solr.report.RerankContext;
import io.crossencoder.solr.report.RerankContext.LogitKey;
import io.crossencoder.solr.request.ShardMessages;
import io.crossencoder.solr.request.ThisRequest;
import io.crossencoder.solr.rerank.RerankQuery;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.lucene.index.Term;
import org.apache.solr.common.params.ShardParams;
import org.apache.solr.common.util.StrUtils;
import org.apache.solr.handler.component.ResponseBuilder;
import org.apache.solr.handler.component.ShardDoc;
import org.apache.solr.handler.component.ShardRequest;
import org.apache.solr.handler.component.ShardResponse;
import org.apache.solr.request.SolrQueryRequest;
import org.apache.solr.schema.SchemaField;
import org.apache.solr.search.DocIterator;

/**
 * The results of reranking for the hits of a page, sent to the shards that fetch their documents:
 * whether each hit was reranked, and its logit. Logits are therefore not computed twice.
 */
public final class KnownLogits {

  /** Part of a shard's response: one code per hit, in the order of its page. */
  private static final String NAME = "crossEncoderLogits";

  private KnownLogits() {}

  /** On a shard that reranked its own hits: adds the results to the response. */
  public static void add(ResponseBuilder builder, RerankContext context) {
    if (!ShardMessages.isOfShard(builder.req.getParams()) || builder.getResults() == null) {
      return;
    }
    FinishedRescoring.find(context.key())
        .ifPresent(
            result -> {
              Map<Integer, KnownHit> hits = of(result);
              List<String> words = new ArrayList<>();
              DocIterator page = builder.getResults().docList.iterator();
              while (page.hasNext()) {
                words.add(word(hits.get(page.nextDoc())));
              }
              builder.rsp.add(NAME, words);
            });
  }

  /** The results of a rescoring in this request, by document. */
  public static Map<Integer, KnownHit> of(RescoreResult result) {
    return result.candidates().stream()
        .collect(Collectors.toMap(Candidate::doc, c -> KnownHit.of(c, result.model())));
  }

  private static String word(KnownHit hit) {
    return hit == null ? KnownHit.TAIL : hit.word();
  }

  /** On the coordinator after shards have reranked: stores their results for the page. */
  public static void keep(ResponseBuilder builder, List<ShardResponse> responses) {
    Map<String, List<?>> byShard = new HashMap<>();
    for (ShardResponse response : responses) {
      if (ShardMessages.part(response, NAME) instanceof List<?> words) {
        byShard.put(response.getShard(), words);
      }
    }
    Map<String, String> words = new HashMap<>();
    Collection<ShardDoc> page = builder.resultIds == null ? List.of() : builder.resultIds.values();
    for (ShardDoc hit : page) {
      List<?> ofShard = byShard.get(hit.shard);
      words.put(
          hit.id.toString(),
          ofShard == null
              ? hit.score >= TailScores.FLOOR ? KnownHit.UNKNOWN_LOGIT : KnownHit.TAIL
              : (String) ofShard.get(hit.orderInShard));
    }
    builder.req.getContext().put(KnownLogits.class, words);
  }

  /** On the coordinator after its own reranking: stores the results for the page. */
  public static void keep(ResponseBuilder builder, Map<String, KnownHit> known) {
    builder
        .req
        .getContext()
        .put(
            KnownLogits.class,
            builder.resultIds.keySet().stream()
                .map(Object::toString)
                .collect(Collectors.toMap(id -> id, id -> word(known.get(id)))));
  }

  /** On the coordinator: adds the results to a request for documents. */
  public static void tell(ResponseBuilder builder, ShardRequest request) {
    String ids = request.params.get(ShardParams.IDS);
    if (ids != null && builder.req.getContext().get(KnownLogits.class) instanceof Map<?, ?> words) {
      request.params.set(
          ShardMessages.KNOWN,
          StrUtils.splitSmart(ids, ",", true).stream()
              .map(id -> words.get(id) instanceof String word ? word : KnownHit.TAIL)
              .collect(Collectors.joining(",")));
    }
  }

  /**
   * The results of a rescoring in this request with these logits, or the results that a shard
   * received.
   */
  static Optional<Map<Integer, KnownHit>> find(LogitKey key) {
    return FinishedRescoring.find(key).map(KnownLogits::of).or(() -> told(key));
  }

  /** On a shard that fetches documents: the received results, if they are for these logits. */
  private static Optional<Map<Integer, KnownHit>> told(LogitKey key) {
    return ThisRequest.builder()
        .filter(
            builder ->
                RerankQuery.asked(builder)
                    .filter(rerank -> rerank.key().logits().equals(key))
                    .isPresent())
        .flatMap(builder -> read(builder.req));
  }

  private static Optional<Map<Integer, KnownHit>> read(SolrQueryRequest request) {
    String known = request.getParams().get(ShardMessages.KNOWN);
    String ids = request.getParams().get(ShardParams.IDS);
    if (!ShardMessages.isOfShard(request.getParams()) || known == null || ids == null) {
      return Optional.empty();
    }
    SchemaField key = request.getSchema().getUniqueKeyField();
    List<String> keys = StrUtils.splitSmart(ids, ",", true);
    String[] words = known.split(",", -1);
    Map<Integer, KnownHit> hits = new HashMap<>();
    for (int i = 0; i < Math.min(words.length, keys.size()); i++) {
      String indexed = key.getType().toInternal(keys.get(i));
      try {
        int doc = request.getSearcher().getFirstMatch(new Term(key.getName(), indexed));
        hits.put(doc, KnownHit.read(words[i]));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return Optional.of(hits);
  }
}
