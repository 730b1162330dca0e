// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.rerank;

import io.crossencoder.lucene.Candidate;
import io.crossencoder.lucene.CrossEncoderRescorer;
import io.crossencoder.lucene.RescoreInput;
import io.crossencoder.lucene.RescoreResult;
import io.crossencoder.lucene.TailScores;
import io.crossencoder.model.Deadline;
import io.crossencoder.solr.models.CoreModels;
import io.crossencoder.solr.parameters.AbsentModel;
import io.crossencoder.solr.report.FinishedRescoring;
import io.crossencoder.solr.report.RerankContext;
import io.crossencoder.solr.report.RerankReporter;
import io.crossencoder.solr.request.ThisRequest;
import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.lucene.index.ExitableDirectoryReader.ExitingReaderException;
import org.apache.lucene.search.Explanation;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Rescorer;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.util.IOSupplier;
import org.apache.solr.common.SolrException;
import org.apache.solr.handler.component.ResponseBuilder;
import org.apache.solr.search.QueryLimitsExceededException;
import org.apache.solr.util.RTimer;
import org.apache.solr.util.RTimerTree;

/** Runs the rescorer; after a failure, returns the first-pass order. */
public final class FailOpenRescorer extends Rescorer {

  private final CrossEncoderRescorer rescorer;
  private final RerankContext context;
  private final Comparator<ScoreDoc> ties;

  FailOpenRescorer(CrossEncoderRescorer rescorer, RerankContext context) {
    this(rescorer, context, Comparator.comparing(hit -> 0));
  }

  private FailOpenRescorer(
      CrossEncoderRescorer rescorer, RerankContext context, Comparator<ScoreDoc> ties) {
    this.rescorer = rescorer;
    this.context = context;
    this.ties = ties;
  }

  /** A copy with an order for equal final scores. */
  public FailOpenRescorer with(Comparator<ScoreDoc> order) {
    return new FailOpenRescorer(rescorer, context, order);
  }

  @Override
  public TopDocs rescore(IndexSearcher searcher, TopDocs firstPass, int topN) {
    ScoreDoc[] hits = firstPass.scoreDocs;
    if (!CoreModels.hold(context.params().model())) {
      // A cached query that warms a new searcher: its model may be closed.
      new RerankReporter(context).noHits();
    }
    ScoreDoc[] reranked =
        context.isSkipped()
            ? hits.clone()
            : rescore(hits, () -> rescorer.rescore(searcher, hits, context.deadline(), ties));
    return new TopDocs(firstPass.totalHits, Arrays.copyOf(reranked, Math.min(topN, hits.length)));
  }

  /** Reads the input for {@link #rescoreElsewhere}. */
  public RescoreInput read(IndexSearcher searcher, ScoreDoc[] hits, Deadline deadline)
      throws IOException {
    return rescorer.read(searcher, hits, deadline);
  }

  /** Rescores hits of other searchers. */
  public ScoreDoc[] rescoreElsewhere(ScoreDoc[] hits, Supplier<RescoreInput> input) {
    return rescore(hits, () -> rescorer.rescore(hits, input.get(), context.deadline(), ties));
  }

  private ScoreDoc[] rescore(ScoreDoc[] firstPass, IOSupplier<RescoreResult> rescoring) {
    RerankReporter reporter = new RerankReporter(context);
    Optional<RTimer> timer = startTimer();
    try {
      AbsentModel.refuseToScore(context.params().model());
      RescoreResult result = rescoring.get();
      reporter.done(result);
      return result.hits(firstPass);
    } catch (SolrException | QueryLimitsExceededException e) {
      // Thrown on purpose: onFailure=error, partialResults=false.
      throw e;
    } catch (ExitingReaderException e) {
      reporter.outOfTime();
      return tail(firstPass);
    } catch (IOException | RuntimeException | LinkageError e) {
      reporter.failed(e);
      return tail(firstPass);
    } finally {
      timer.ifPresent(RTimer::stop);
    }
  }

  /** The hits with tail scores. */
  private static ScoreDoc[] tail(ScoreDoc[] firstPass) {
    ScoreDoc[] tail =
        Arrays.stream(firstPass)
            .map(hit -> new ScoreDoc(hit.doc, hit.score, hit.shardIndex))
            .toArray(ScoreDoc[]::new);
    TailScores.apply(tail, 0);
    return tail;
  }

  /**
   * Starts the timer of the reranking in {@code debug=timing}, below the component that reranks.
   */
  private static Optional<RTimer> startTimer() {
    return ThisRequest.builder()
        .map(ResponseBuilder::getTimer)
        .filter(RTimerTree.class::isInstance)
        .map(component -> ((RTimerTree) component).sub("crossencoder"));
  }

  /** Explains a hit by the rescoring of this request; scores it again if there was none. */
  @Override
  public Explanation explain(IndexSearcher searcher, Explanation firstPass, int docID)
      throws IOException {
    // For debug.explainOther: a document that does not match was not a candidate.
    if (context.isSkipped() || !firstPass.isMatch()) {
      return firstPass;
    }
    Optional<Explanation> reranked = explainReranked(firstPass, docID);
    if (reranked.isPresent()) {
      return reranked.get();
    }
    ScoreDoc[] hit = {new ScoreDoc(docID, firstPass.getValue().floatValue())};
    RescoreResult anew = rescorer.rescore(searcher, hit, context.deadline());
    return rescorer.explain(anew, 0, "", firstPass);
  }

  /** Explains a hit by the rescoring of this request, if there was one. */
  public Optional<Explanation> explainReranked(Explanation firstPass, int docID) {
    return FinishedRescoring.find(context.key()).map(result -> explain(result, firstPass, docID));
  }

  private Explanation explain(RescoreResult result, Explanation firstPass, int docID) {
    List<Candidate> candidates = result.candidates();
    for (int rank = 0; rank < candidates.size(); rank++) {
      Candidate candidate = candidates.get(rank);
      if (candidate.doc() == docID) {
        String ranks = ", from place " + (candidate.firstPassRank() + 1) + " to " + (rank + 1);
        return rescorer.explain(result, rank, ranks, firstPass);
      }
    }
    return Explanation.match(
        TailScores.of(firstPass.getValue().floatValue()),
        "not among the top "
            + candidates.size()
            + " documents, which were reranked; ranked below them, in first-pass order, by",
        firstPass);
  }
}
