// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.lucene;

import io.crossencoder.model.CrossEncoder;
import io.crossencoder.model.Deadline;
import io.crossencoder.model.ModelSpec;
import io.crossencoder.model.PassageScorer;
import io.crossencoder.model.Scores;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
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

  /** By score; of the same score, the one that the first pass has before the other. */
  private static final Comparator<Candidate> BEST_FIRST =
      Comparator.comparing(Candidate::isScored)
          .thenComparing(Candidate::score)
          .reversed()
          .thenComparing(Candidate::firstPassRank);

  private final PassageScorer scorer;
  private final PassageReader passages;
  private final ScoreBlend blend;

  /**
   * A rescorer by the logit alone. Of a long passage the model reads the beginning.
   *
   * @param encoder the model; has to stay open for as long as the rescorer is used
   * @param query what the user looks for
   * @param passages the text of each hit
   */
  public CrossEncoderRescorer(CrossEncoder encoder, String query, PassageReader passages) {
    this(new PassageScorer(encoder, query, Optional.empty()), passages, ScoreBlend.LOGIT);
  }

  /**
   * A rescorer with all there is to decide.
   *
   * @param scorer the model, what the user looks for, and how much is read of a long passage
   * @param passages the text of each hit
   * @param blend the final score
   */
  public CrossEncoderRescorer(PassageScorer scorer, PassageReader passages, ScoreBlend blend) {
    this.scorer = scorer;
    this.passages = passages;
    this.blend = blend;
  }

  /**
   * {@inheritDoc}
   *
   * <p>It takes the time it needs. The first pass is left as it is: hits, order and scores.
   */
  @Override
  public TopDocs rescore(IndexSearcher searcher, TopDocs firstPass, int topN) throws IOException {
    ScoreDoc[] hits = firstPass.scoreDocs;
    ScoreDoc[] reranked = rescore(searcher, hits, Deadline.NONE).hits(hits);
    return new TopDocs(firstPass.totalHits, Arrays.copyOf(reranked, Math.min(topN, hits.length)));
  }

  /**
   * Reads the passages of hits, and rescores them.
   *
   * @param searcher the one that found the hits
   * @param hits in first-pass order, with their scores there; left as they are
   * @param deadline when to stop
   * @return what became of them
   * @throws IOException if the index cannot be read, or the blend throws it
   */
  public RescoreResult rescore(IndexSearcher searcher, ScoreDoc[] hits, Deadline deadline)
      throws IOException {
    long start = System.nanoTime();
    return rescore(hits, read(searcher, hits), deadline, start);
  }

  /**
   * Reads what a rescoring needs of the index: the first half of it.
   *
   * @param searcher the one that found the hits
   * @param hits in any order; left as they are
   * @return what the index knows of the hits, in the same order
   * @throws IOException if the index cannot be read
   */
  public RescoreInput read(IndexSearcher searcher, ScoreDoc[] hits) throws IOException {
    int[] docs = Arrays.stream(hits).mapToInt(hit -> hit.doc).toArray();
    return new RescoreInput(
        passages.read(searcher.getIndexReader(), docs), blend.fields(searcher, hits));
  }

  /**
   * The second half, for hits of other searchers: their documents may have any numbers.
   *
   * @param hits in first-pass order, with their scores there; left as they are
   * @param input theirs, in the same order
   * @param deadline when to stop
   * @return what became of them
   * @throws IOException if the blend throws it
   */
  public RescoreResult rescore(ScoreDoc[] hits, RescoreInput input, Deadline deadline)
      throws IOException {
    return rescore(hits, input, deadline, System.nanoTime());
  }

  private RescoreResult rescore(ScoreDoc[] hits, RescoreInput input, Deadline deadline, long start)
      throws IOException {
    Scores scores = scorer.score(input.passages(), deadline);
    float[] firstPass = new float[hits.length];
    for (int rank = 0; rank < hits.length; rank++) {
      firstPass[rank] = hits[rank].score;
    }
    ModelSpec model = scorer.encoder().spec();
    float[] blended = blend.blend(model, firstPass, input.fields(), scores.logits());
    List<Candidate> candidates = new ArrayList<>(hits.length);
    for (int rank = 0; rank < hits.length; rank++) {
      float logit = scores.logits()[rank];
      float score =
          Float.isNaN(logit) ? TailScores.of(firstPass[rank]) : TailScores.above(blended[rank]);
      candidates.add(
          new Candidate(
              hits[rank].doc, rank, firstPass[rank], logit, scores.truncated()[rank], score));
    }
    candidates.sort(BEST_FIRST);
    return new RescoreResult(model, candidates, scores, System.nanoTime() - start);
  }

  /**
   * {@inheritDoc}
   *
   * <p>Scores the document, if the cache of the model does not know it: what a rescoring before did
   * is its result, and not kept here.
   */
  @Override
  public Explanation explain(IndexSearcher searcher, Explanation firstPass, int docID)
      throws IOException {
    ScoreDoc[] hit = {new ScoreDoc(docID, firstPass.getValue().floatValue())};
    return explain(rescore(searcher, hit, Deadline.NONE).candidates().get(0), "", firstPass);
  }

  /**
   * Explains a candidate that was rescored.
   *
   * @param candidate out of a result of this rescorer, or of an equal one
   * @param ranks its places before and after, in words; may be empty
   * @param firstPass explains its score in the first pass
   * @return why it has the score that it left with
   */
  public Explanation explain(Candidate candidate, String ranks, Explanation firstPass) {
    String model = "by the cross-encoder " + scorer.encoder().spec().name();
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
                + (candidate.truncated() ? ", truncated" : "")),
        before);
  }
}
