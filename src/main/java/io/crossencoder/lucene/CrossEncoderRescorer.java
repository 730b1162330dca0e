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
  private final ScoreBlend blend;
  private final Supplier<Deadline> deadline;
  private final Consumer<RescoreReport> listener;

  /** A rescorer by the logit alone, that takes the time it needs and reports to nobody. */
  public CrossEncoderRescorer(CrossEncoder encoder, String query, PassageReader passages) {
    this(encoder, query, passages, ScoreBlend.LOGIT, () -> Deadline.NONE, report -> {});
  }

  /**
   * A rescorer with all there is to decide.
   *
   * @param query what the user looks for, in the words for the model
   * @param blend the final score
   * @param deadline asked when a rescoring begins
   * @param listener told when it ends, on the same thread
   */
  public CrossEncoderRescorer(
      CrossEncoder encoder,
      String query,
      PassageReader passages,
      ScoreBlend blend,
      Supplier<Deadline> deadline,
      Consumer<RescoreReport> listener) {
    this.encoder = encoder;
    this.query = query;
    this.passages = passages;
    this.blend = blend;
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
    ScoreDoc[] hits = firstPass.scoreDocs;
    List<Candidate> candidates = new ArrayList<>(hits.length);
    Scores scores = score(searcher, hits, candidates);
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

  /** Passages, logits, final scores; the candidates in first-pass order. */
  private Scores score(IndexSearcher searcher, ScoreDoc[] hits, List<Candidate> into)
      throws IOException {
    Deadline end = deadline.get();
    int[] docs = Arrays.stream(hits).mapToInt(hit -> hit.doc).toArray();
    Scores scores = encoder.score(query, passages.read(searcher, docs), end);
    float[] blended = blend.blend(searcher, hits, scores.logits());
    for (int rank = 0; rank < hits.length; rank++) {
      float logit = scores.logits()[rank];
      into.add(
          new Candidate(
              hits[rank].doc,
              rank,
              hits[rank].score,
              logit,
              scores.truncated()[rank],
              Float.isNaN(logit)
                  ? TailScores.of(hits[rank].score)
                  : TailScores.above(blended[rank])));
    }
    return scores;
  }

  /**
   * {@inheritDoc}
   *
   * <p>Scores the document, if the cache of the model does not know it: what a rescoring before did
   * is told to the listener, and not kept here.
   */
  @Override
  public Explanation explain(IndexSearcher searcher, Explanation firstPass, int docID)
      throws IOException {
    ScoreDoc[] hit = {new ScoreDoc(docID, firstPass.getValue().floatValue())};
    List<Candidate> candidate = new ArrayList<>(1);
    score(searcher, hit, candidate);
    return explain(candidate.get(0), "", firstPass);
  }

  /**
   * Explains a candidate that was rescored.
   *
   * @param ranks its places before and after, in words; may be empty
   */
  public Explanation explain(Candidate candidate, String ranks, Explanation firstPass) {
    String model = "by the cross-encoder " + encoder.spec().name();
    Explanation before =
        Explanation.match(firstPass.getValue(), "score, of the first pass", firstPass);
    if (!candidate.isScored()) {
      return Explanation.match(
          candidate.score(),
          "not scored " + model + ranks + "; first-pass order below all that are, by",
          before);
    }
    return Explanation.match(
        candidate.score(),
        "reranked " + model + ranks + ", blend '" + blend + "' of",
        Explanation.match(
            candidate.logit(),
            "ce, logit of the query and the passage"
                + (candidate.truncated() ? ", the passage truncated" : "")),
        before);
  }
}
