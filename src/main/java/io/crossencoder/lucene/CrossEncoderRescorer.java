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
import java.util.Objects;
import java.util.Optional;
import org.apache.lucene.search.Explanation;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Rescorer;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TopDocs;

/**
 * Reorders the top documents of a first pass by the scores of a cross-encoder.
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
 * <p>If the deadline expires or the model fails, some candidates have no logit. They follow the
 * other candidates in first-pass order and have {@linkplain TailScores tail scores}. Thread-safe.
 */
public final class CrossEncoderRescorer extends Rescorer {

  /** Candidates with equal final scores keep the order of the first pass. */
  private static final Comparator<ScoreDoc> NO_MORE_CRITERIA = Comparator.comparing(hit -> 0);

  private final PassageScorer scorer;
  private final PassageReader passages;
  private final ScoreBlend blend;

  /**
   * A rescorer whose final score is the logit. The model processes the beginning of a long passage.
   *
   * @param encoder the model; must stay open while the rescorer is used
   * @param query text of the user
   * @param passages reads the text of each candidate
   */
  public CrossEncoderRescorer(CrossEncoder encoder, String query, PassageReader passages) {
    this(new PassageScorer(encoder, query, Optional.empty()), passages, ScoreBlend.LOGIT);
  }

  /**
   * A rescorer with a blend.
   *
   * @param scorer the model, the query, and the number of windows per passage
   * @param passages reads the text of each candidate
   * @param blend computes the final score
   */
  public CrossEncoderRescorer(PassageScorer scorer, PassageReader passages, ScoreBlend blend) {
    this.scorer = Objects.requireNonNull(scorer, "scorer");
    this.passages = Objects.requireNonNull(passages, "passages");
    this.blend = Objects.requireNonNull(blend, "blend");
  }

  /**
   * {@inheritDoc}
   *
   * <p>Has no deadline. Does not change {@code firstPass}. The model scores all its hits, however
   * small {@code topN} is.
   *
   * @throws IllegalArgumentException if {@code topN} is negative
   */
  @Override
  public TopDocs rescore(IndexSearcher searcher, TopDocs firstPass, int topN) throws IOException {
    // Before the model runs.
    if (topN < 0) {
      throw new IllegalArgumentException("topN must not be negative: " + topN);
    }
    ScoreDoc[] hits = firstPass.scoreDocs;
    ScoreDoc[] reranked = rescore(searcher, hits, Deadline.NONE).hits(hits);
    return new TopDocs(firstPass.totalHits, Arrays.copyOf(reranked, Math.min(topN, hits.length)));
  }

  /**
   * Reads the passages of the candidates and rescores them.
   *
   * @param searcher searcher that found the candidates
   * @param hits candidates in first-pass order, with first-pass scores; not changed
   * @param deadline when to stop
   * @return the candidates, best first
   * @throws IOException if the index cannot be read, or the blend throws it
   */
  public RescoreResult rescore(IndexSearcher searcher, ScoreDoc[] hits, Deadline deadline)
      throws IOException {
    return rescore(searcher, hits, deadline, NO_MORE_CRITERIA);
  }

  /**
   * Reads the passages of the candidates and rescores them, with an order for equal scores.
   *
   * @param searcher searcher that found the candidates
   * @param hits candidates in first-pass order, with first-pass scores; not changed
   * @param deadline when to stop
   * @param ties order of candidates with equal final scores; first-pass order if it returns 0
   * @return the candidates, best first
   * @throws IOException if the index cannot be read, or the blend throws it
   */
  public RescoreResult rescore(
      IndexSearcher searcher, ScoreDoc[] hits, Deadline deadline, Comparator<ScoreDoc> ties)
      throws IOException {
    long start = System.nanoTime();
    return rescore(hits, read(searcher, hits, deadline), deadline, ties, start);
  }

  /**
   * Reads everything from the index that rescoring needs: the first step of {@link #rescore}.
   *
   * @param searcher searcher that found the candidates
   * @param hits candidates, best first; not changed
   * @param deadline when to stop reading passages
   * @return passages and field values, in the order of the candidates
   * @throws IOException if the index cannot be read
   */
  public RescoreInput read(IndexSearcher searcher, ScoreDoc[] hits, Deadline deadline)
      throws IOException {
    int[] docs = Arrays.stream(hits).mapToInt(hit -> hit.doc).toArray();
    return new RescoreInput(
        passages.read(searcher.getIndexReader(), docs, scorer, deadline),
        blend.fields(searcher, hits));
  }

  /**
   * Rescores candidates of any searcher whose input was read before: the second step.
   *
   * @param hits candidates in first-pass order, with first-pass scores; not changed
   * @param input passages and field values, in the same order
   * @param deadline when to stop
   * @param ties order of candidates with equal final scores; first-pass order if it returns 0
   * @return the candidates, best first
   * @throws IllegalArgumentException if {@code input} has not one passage and one row per candidate
   * @throws IOException if the blend throws it
   */
  public RescoreResult rescore(
      ScoreDoc[] hits, RescoreInput input, Deadline deadline, Comparator<ScoreDoc> ties)
      throws IOException {
    return rescore(hits, input, deadline, ties, System.nanoTime());
  }

  private RescoreResult rescore(
      ScoreDoc[] hits, RescoreInput input, Deadline deadline, Comparator<ScoreDoc> ties, long start)
      throws IOException {
    input.checkSize(hits.length);
    ReadPassages read = new ReadPassages(input.passages());
    Scores scores = read.spread(scorer.score(read.withText(), deadline));
    float[] firstPass = new float[hits.length];
    for (int rank = 0; rank < hits.length; rank++) {
      firstPass[rank] = hits[rank].score;
    }
    ModelSpec model = scorer.encoder().spec();
    double[] blended = blend.blend(model, firstPass, input.fields(), scores.logits());
    List<Candidate> candidates = new ArrayList<>(hits.length);
    for (int rank : CandidateOrder.bestFirst(hits, scores.logits(), blended, ties)) {
      float logit = scores.logits()[rank];
      float score =
          Float.isNaN(logit) ? TailScores.of(firstPass[rank]) : TailScores.above(blended[rank]);
      candidates.add(
          new Candidate(
              hits[rank].doc, rank, firstPass[rank], logit, scores.truncated()[rank], score));
    }
    return new RescoreResult(
        model, candidates, scores, input.fields(), read.empty(), System.nanoTime() - start);
  }

  /**
   * {@inheritDoc}
   *
   * <p>Scores the document again if its score is not in the score cache.
   */
  @Override
  public Explanation explain(IndexSearcher searcher, Explanation firstPass, int docID)
      throws IOException {
    if (!firstPass.isMatch()) {
      return firstPass;
    }
    ScoreDoc[] hit = {new ScoreDoc(docID, firstPass.getValue().floatValue())};
    return explain(rescore(searcher, hit, Deadline.NONE), 0, "", firstPass);
  }

  /**
   * Explains a rescored candidate.
   *
   * @param result result of this rescorer or of an equal one
   * @param rank final rank of the candidate; 0 is the best
   * @param ranks ranks before and after as text; can be empty
   * @param firstPass explanation of the first-pass score
   * @return explanation of the final score
   */
  public Explanation explain(RescoreResult result, int rank, String ranks, Explanation firstPass) {
    Candidate candidate = result.candidates().get(rank);
    String model = "by the cross-encoder " + scorer.encoder().spec().name();
    Explanation before =
        Explanation.match(firstPass.getValue(), "score, the first-pass score", firstPass);
    if (!candidate.isScored()) {
      return Explanation.match(
          candidate.score(),
          "not scored "
              + model
              + ranks
              + "; ranked below all scored documents, in first-pass order, by",
          before);
    }
    List<Explanation> of = new ArrayList<>();
    of.add(
        Explanation.match(
            candidate.logit(),
            "ce, logit of the query and the passage"
                + (candidate.truncated() ? ", truncated" : "")));
    of.add(
        Explanation.match(
            (float) result.model().probability(candidate.logit()),
            "ceProb, the logit as a probability"));
    double[] fields = result.fields()[candidate.firstPassRank()];
    for (int i = 0; i < blend.names().size(); i++) {
      of.add(
          Explanation.match((float) fields[i], blend.names().get(i) + ", field of the document"));
    }
    of.add(before);
    return Explanation.match(
        candidate.score(), "reranked " + model + ranks + ", blend '" + blend + "' of", of);
  }
}
