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
import java.util.stream.IntStream;
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
 * <p>Candidates without a logit, because the deadline came first or the model failed, follow those
 * that have one, in first-pass order and with the {@linkplain TailScores scores of a tail}.
 * Thread-safe.
 */
public final class CrossEncoderRescorer extends Rescorer {

  /** Hits of the same final score keep the order of the first pass. */
  private static final Comparator<ScoreDoc> NO_MORE_CRITERIA = Comparator.comparing(hit -> 0);

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
    return rescore(searcher, hits, deadline, NO_MORE_CRITERIA);
  }

  /**
   * The same with an order of hits of the same final score.
   *
   * @param searcher the one that found the hits
   * @param hits in first-pass order, with their scores there; left as they are
   * @param deadline when to stop
   * @param ties the order of hits of the same final score; where it has none, the first pass has
   * @return what became of them
   * @throws IOException if the index cannot be read, or the blend throws it
   */
  public RescoreResult rescore(
      IndexSearcher searcher, ScoreDoc[] hits, Deadline deadline, Comparator<ScoreDoc> ties)
      throws IOException {
    long start = System.nanoTime();
    return rescore(hits, read(searcher, hits, deadline), deadline, ties, start);
  }

  /**
   * Reads what a rescoring needs of the index: the first half of it.
   *
   * @param searcher the one that found the hits
   * @param hits best first; left as they are
   * @param deadline when to stop reading passages
   * @return what the index knows of the hits, in the same order
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
   * The second half, for hits of other searchers: their documents may have any numbers.
   *
   * @param hits in first-pass order, with their scores there; left as they are
   * @param input theirs, in the same order
   * @param deadline when to stop
   * @param ties the order of hits of the same final score; where it has none, the first pass has
   * @return what became of them
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
    ReadPassages read = new ReadPassages(input.passages());
    Scores scores = read.spread(scorer.score(read.withText(), deadline));
    float[] firstPass = new float[hits.length];
    for (int rank = 0; rank < hits.length; rank++) {
      firstPass[rank] = hits[rank].score;
    }
    ModelSpec model = scorer.encoder().spec();
    double[] blended = blend.blend(model, firstPass, input.fields(), scores.logits());
    List<Candidate> candidates = new ArrayList<>(hits.length);
    for (int rank : bestFirst(hits, scores.logits(), blended, ties)) {
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
   * Places of the hits in the first pass, in their final order: those with a logit by the blend as
   * it is, whatever they are shown with, and the others behind them.
   */
  private static List<Integer> bestFirst(
      ScoreDoc[] hits, float[] logits, double[] blended, Comparator<ScoreDoc> ties) {
    Comparator<Integer> byScore =
        Comparator.comparingDouble(
            rank -> Double.isNaN(blended[rank]) ? Double.NEGATIVE_INFINITY : blended[rank]);
    Comparator<Integer> scored =
        byScore.reversed().thenComparing((one, other) -> ties.compare(hits[one], hits[other]));
    return IntStream.range(0, hits.length)
        .boxed()
        .sorted(
            (one, other) -> {
              boolean isScored = !Float.isNaN(logits[one]);
              int first = Boolean.compare(!isScored, Float.isNaN(logits[other]));
              return first != 0 || !isScored ? first : scored.compare(one, other);
            })
        .toList();
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
    if (!firstPass.isMatch()) {
      return firstPass;
    }
    ScoreDoc[] hit = {new ScoreDoc(docID, firstPass.getValue().floatValue())};
    return explain(rescore(searcher, hit, Deadline.NONE), 0, "", firstPass);
  }

  /**
   * Explains a candidate that was rescored.
   *
   * @param result of this rescorer, or of an equal one
   * @param rank the place of the candidate in it, from 0
   * @param ranks its places before and after, in words; may be empty
   * @param firstPass explains its score in the first pass
   * @return why it has the score that it left with
   */
  public Explanation explain(RescoreResult result, int rank, String ranks, Explanation firstPass) {
    Candidate candidate = result.candidates().get(rank);
    String model = "by the cross-encoder " + scorer.encoder().spec().name();
    Explanation before =
        Explanation.match(firstPass.getValue(), "score, of the first pass", firstPass);
    if (!candidate.isScored()) {
      return Explanation.match(
          candidate.score(),
          "not scored " + model + ranks + "; first-pass order below all that are, by",
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
