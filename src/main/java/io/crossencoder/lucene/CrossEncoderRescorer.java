// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.lucene;

import io.crossencoder.model.CrossEncoder;
import io.crossencoder.model.Deadline;
import io.crossencoder.model.Scores;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.lucene.search.Explanation;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Rescorer;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TopDocs;

/**
 * Reorders the hits of a first pass by what a cross-encoder says of each.
 *
 * <pre>{@code
 * try (var registry = new ModelRegistry(ModelRegistry.Settings.defaults());
 *     var encoder = registry.open(Path.of("models/ms-marco-MiniLM-L6-v2"), ModelOptions.DEFAULTS)) {
 *   var passages = new PassageReader(List.of("title", "overview"));
 *   var rescorer = new CrossEncoderRescorer(encoder, "vietnam war", passages);
 *   TopDocs firstPass = searcher.search(query, 50);
 *   TopDocs reranked = rescorer.rescore(searcher, firstPass, 10);
 * }
 * }</pre>
 *
 * <p>Candidates without a logit, because the deadline came first or the model failed, follow those
 * that have one, in first-pass order and with the {@linkplain TailScores scores of a tail}.
 * Thread-safe.
 */
public final class CrossEncoderRescorer extends Rescorer {

  private final CrossEncoder encoder;
  private final String query;
  private final PassageReader passages;
  private final Supplier<Deadline> deadline;
  private final Consumer<RescoreReport> listener;

  /** A rescorer that takes the time it needs and reports to nobody. */
  public CrossEncoderRescorer(CrossEncoder encoder, String query, PassageReader passages) {
    this(encoder, query, passages, () -> Deadline.NONE, report -> {});
  }

  /**
   * A rescorer with a deadline and a listener.
   *
   * @param query what the user looks for, in the words for the model
   * @param deadline asked when a rescoring begins
   * @param listener told when it ends, on the same thread
   */
  public CrossEncoderRescorer(
      CrossEncoder encoder,
      String query,
      PassageReader passages,
      Supplier<Deadline> deadline,
      Consumer<RescoreReport> listener) {
    this.encoder = encoder;
    this.query = query;
    this.passages = passages;
    this.deadline = deadline;
    this.listener = listener;
  }

  /**
   * {@inheritDoc}
   *
   * <p>The first pass is left as it is: hits, order and scores.
   */
  @Override
  public TopDocs rescore(IndexSearcher searcher, TopDocs firstPass, int topN) throws IOException {
    long start = System.nanoTime();
    Deadline end = deadline.get();
    ScoreDoc[] hits = firstPass.scoreDocs;
    int[] docs = Arrays.stream(hits).mapToInt(hit -> hit.doc).toArray();
    Scores scores = encoder.score(query, passages.read(searcher, docs), end);
    List<Candidate> candidates = candidates(hits, scores);
    candidates.sort(BEST_FIRST);
    listener.accept(
        new RescoreReport(encoder.spec(), candidates, scores, System.nanoTime() - start));
    ScoreDoc[] reranked =
        candidates.stream()
            .limit(topN)
            .map(c -> new ScoreDoc(c.doc(), c.score(), hits[c.firstPassRank()].shardIndex))
            .toArray(ScoreDoc[]::new);
    return new TopDocs(firstPass.totalHits, reranked);
  }

  /** By score; of the same score, the one with the lower document number, as Lucene has it. */
  private static final Comparator<Candidate> BEST_FIRST =
      Comparator.comparing(Candidate::isScored)
          .thenComparing(Candidate::score)
          .reversed()
          .thenComparing(c -> c.isScored() ? c.doc() : c.firstPassRank());

  private static List<Candidate> candidates(ScoreDoc[] hits, Scores scores) {
    List<Candidate> candidates = new ArrayList<>(hits.length);
    for (int rank = 0; rank < hits.length; rank++) {
      float logit = scores.logits()[rank];
      float firstPassScore = hits[rank].score;
      float score =
          Float.isNaN(logit) ? TailScores.of(firstPassScore) : Math.max(logit, TailScores.FLOOR);
      candidates.add(
          new Candidate(
              hits[rank].doc, rank, firstPassScore, logit, scores.truncated()[rank], score));
    }
    return candidates;
  }

  @Override
  public Explanation explain(IndexSearcher searcher, Explanation firstPass, int docID)
      throws IOException {
    List<String> passage = passages.read(searcher, new int[] {docID});
    float logit = encoder.score(query, passage, deadline.get()).logits()[0];
    String by = "cross-encoder " + encoder.spec().name();
    if (Float.isNaN(logit)) {
      return Explanation.match(
          TailScores.of(firstPass.getValue().floatValue()), by + " gave no logit", firstPass);
    }
    return Explanation.match(
        logit,
        "score after the rerank:",
        Explanation.match(logit, by + ", logit of the query and the passage"),
        Explanation.match(firstPass.getValue(), "score in the first pass:", firstPass));
  }
}
