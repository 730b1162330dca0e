// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.cloud;

import io.crossencoder.lucene.RescoreInput;
import io.crossencoder.model.Deadline;
import io.crossencoder.model.Passage;
import io.crossencoder.model.PassageScorer;
import io.crossencoder.model.Windows;
import io.crossencoder.solr.request.RequestBudget;
import io.crossencoder.solr.request.ShardMessages;
import io.crossencoder.solr.rerank.GlobalScopeQuery;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.index.ExitableDirectoryReader.ExitingReaderException;
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
 * The input of reranking that shards send to the coordinator for {@code reRankScope=global}: one
 * passage per hit, in the order of the shard's page, and the field values of the blend.
 */
final class ShardInputs {

  private static final String NAME = "crossEncoderEvidence";
  private static final String PASSAGES = "passages";
  private static final String FIELDS = "fields";

  /** Texts up to this length per token are sent completely. */
  private static final int CHARS_A_TOKEN = 4;

  /** By shard; empty if the shard reached its time limit before reading. */
  private final Map<String, NamedList<?>> byShard = new HashMap<>();

  /** On the coordinator: the input from the shards. */
  ShardInputs(List<ShardResponse> responses) {
    for (ShardResponse response : responses) {
      NamedList<?> sent = (NamedList<?>) ShardMessages.part(response, NAME);
      boolean late = sent == null && ShardMessages.isPartial(response);
      byShard.put(response.getShard(), late ? new NamedList<>() : sent);
    }
  }

  /** On a shard: adds the input to the response of a request for hits. */
  static void add(ResponseBuilder builder, GlobalScopeQuery query) {
    boolean wanted =
        ShardMessages.isOfShard(builder.req.getParams())
            && builder.req.getParams().get(ShardParams.IDS) == null
            && builder.req.getParams().getInt(CommonParams.ROWS, 1) > 0
            && !query.context().isSkipped()
            && builder.getResults() != null;
    if (!wanted) {
      return;
    }
    long start = System.nanoTime();
    ScoreDoc[] hits = best(builder.getResults().docList, query.context().ordering().reRankDocs());
    try {
      // The coordinator needs the other half of the time.
      Deadline deadline = query.context().deadline().halfway();
      RescoreInput input = query.rescorer().read(builder.req.getSearcher(), hits, deadline);
      SimpleOrderedMap<Object> section = new SimpleOrderedMap<>();
      section.add(
          PASSAGES,
          input.passages().stream()
              .map(
                  each ->
                      each == null || deadline.remainingNanos() <= 0
                          ? List.of()
                          : sent(each, query))
              .toList());
      section.add(FIELDS, Arrays.stream(input.fields()).map(ShardInputs::boxed).toList());
      builder.rsp.add(NAME, section);
    } catch (ExitingReaderException e) {
      builder.rsp.add(NAME, new SimpleOrderedMap<>());
    } catch (IOException | RuntimeException e) {
      // The coordinator detects the missing input and fails or returns the first-pass order.
      query
          .context()
          .metrics()
          .failures()
          .report("cannot read the passages for the coordinator", e);
    } finally {
      RequestBudget.spend(System.nanoTime() - start);
    }
  }

  /** Title and text; or the values, and whether there were more. */
  private static List<?> sent(Passage passage, GlobalScopeQuery query) {
    if (passage.values().isPresent()) {
      Windows values = passage.values().get();
      return List.of(
          values.texts().stream().map(value -> readable(value, query, 1)).toList(),
          values.truncated());
    }
    int windows = query.context().scorer().maxWindows().orElse(1);
    return List.of(
        readable(passage.title(), query, windows), readable(passage.text(), query, windows));
  }

  private static Passage received(List<?> sent) {
    if (sent.isEmpty()) {
      return null;
    }
    return sent.get(0) instanceof List<?> values
        ? Passage.ofValues(
            new Windows(values.stream().map(String.class::cast).toList(), (Boolean) sent.get(1)))
        : new Passage((String) sent.get(0), (String) sent.get(1));
  }

  /**
   * The part of a text that the model can process: all windows, and the next word, which shows the
   * coordinator that the text was truncated.
   */
  private static String readable(String text, GlobalScopeQuery query, int windows) {
    PassageScorer scorer = query.context().scorer();
    if (text.length() <= CHARS_A_TOKEN * scorer.encoder().spec().maxLength() * windows) {
      return text;
    }
    Windows read = scorer.encoder().windows(scorer.query(), new Passage("", text), windows);
    // An upper bound, because windows overlap.
    int end = read.texts().stream().mapToInt(String::length).sum();
    if (!read.truncated() || 2 * end >= text.length()) {
      return text;
    }
    int wordEnd = end + 1;
    while (wordEnd < 2 * end && !Character.isWhitespace(text.charAt(wordEnd))) {
      wordEnd++;
    }
    return text.substring(0, wordEnd);
  }

  private static ScoreDoc[] best(DocList page, int most) {
    List<ScoreDoc> hits = new ArrayList<>();
    for (DocIterator docs = page.iterator(); hits.size() < most && docs.hasNext(); ) {
      hits.add(new ScoreDoc(docs.nextDoc(), Float.NaN));
    }
    return hits.toArray(ScoreDoc[]::new);
  }

  private static List<Double> boxed(double[] values) {
    return Arrays.stream(values).boxed().toList();
  }

  /**
   * The input for these hits in their order.
   *
   * @param values number of fields in the blend
   */
  RescoreInput of(Collection<ShardDoc> hits, int values) {
    List<Passage> passages = new ArrayList<>(hits.size());
    List<double[]> fields = new ArrayList<>(hits.size());
    for (ShardDoc hit : hits) {
      NamedList<?> section = byShard.get(hit.shard);
      if (section == null) {
        throw new IllegalStateException(
            "no passages received from " + hit.shard + "; see the log of that node");
      }
      boolean isRead = section.size() > 0;
      passages.add(isRead ? received((List<?>) at(section.get(PASSAGES), hit.orderInShard)) : null);
      fields.add(
          isRead
              ? unboxed((List<?>) at(section.get(FIELDS), hit.orderInShard))
              : new double[values]);
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
