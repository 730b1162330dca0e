// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.fit;

import io.crossencoder.tools.common.CommandException;
import io.crossencoder.tools.common.SolrTarget;
import io.crossencoder.tools.evaluation.asking.Configuration;
import io.crossencoder.tools.evaluation.asking.Configuration.Rerank;
import io.crossencoder.tools.evaluation.asking.FirstPassOptions;
import io.crossencoder.tools.evaluation.asking.Ranker;
import io.crossencoder.tools.evaluation.judgments.IndexedJudgments;
import io.crossencoder.tools.evaluation.judgments.JudgedQuery;
import io.crossencoder.tools.evaluation.judgments.JudgmentOptions;
import io.crossencoder.tools.evaluation.judgments.Judgments;
import io.crossencoder.tools.evaluation.measures.Statistics;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.solr.client.solrj.SolrClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code fit-blend}: finds the blend that ranks the judged documents best. */
@Command(
    name = "fit-blend",
    description = {
      "Find the simplest blend that the judgments support.",
      "The logit and the fields of each candidate are read from Solr once. Then all formulas",
      "ce + a*term + b*term are compared by cross-validation over the queries."
    })
public final class FitBlendCommand implements Callable<Integer> {
  private static final int LEAST_QUERIES = 10;

  @Spec private CommandSpec spec;
  @Mixin private JudgmentOptions judgmentOptions;
  @Mixin private FirstPassOptions firstPassOptions;
  @Mixin private SolrTarget target;

  @Option(
      names = "--features",
      split = ",",
      paramLabel = "NAME",
      defaultValue = "ce,score",
      description = {
        "Terms of a formula: ce, score, numeric fields, and ceProb, which multiplies fields. Example:",
        "ce,score,ceProb,popularity. Default: ${DEFAULT-VALUE}"
      })
  private List<String> features;

  @Option(
      names = "--depth",
      paramLabel = "N",
      defaultValue = "50",
      description = "Number of candidates. Default: ${DEFAULT-VALUE}")
  private int depth;

  @Option(
      names = "--model",
      paramLabel = "NAME",
      description = "Name of a model in Solr. Default: the default model of Solr")
  private String model;

  @Option(
      names = "--measure",
      paramLabel = "ndcg|judged-ndcg",
      defaultValue = "ndcg",
      description = {
        "Measure to optimize: nDCG, where unjudged documents count as not relevant, or nDCG', without",
        "unjudged documents. Default: ${DEFAULT-VALUE}"
      })
  private String measure;

  @Option(
      names = "--at",
      paramLabel = "K",
      defaultValue = "10",
      description = "Rank cutoff k, as in nDCG@k. Default: ${DEFAULT-VALUE}")
  private int k;

  @Option(
      names = "--folds",
      paramLabel = "N",
      defaultValue = "10",
      description = "Number of parts for cross-validation. Default: ${DEFAULT-VALUE}")
  private int folds;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "42",
      description = "Seed: the same seed gives the same result. Default: ${DEFAULT-VALUE}")
  private long seed;

  /** For picocli, which sets the options. */
  FitBlendCommand() {}

  @Override
  public Integer call() throws IOException {
    require(depth >= 1, "--depth must be at least 1: " + depth);
    require(k >= 1, "--at must be at least 1: " + k);
    require(folds >= 2, "--folds must be at least 2: " + folds);
    require(
        List.of("ndcg", "judged-ndcg").contains(measure.toLowerCase(Locale.ROOT)),
        "--measure must be ndcg or judged-ndcg, not '" + measure + "'");
    PrintWriter out = spec.commandLine().getOut();
    Judgments judgments = judgmentOptions.read(spec.commandLine().getErr());
    try (SolrClient client = target.connect()) {
      Ranker ranker = new Ranker(client, target, firstPassOptions);
      Judgments used = IndexedJudgments.of(judgments, ranker::indexed, 1);
      used.remarks().forEach(remark -> out.println("note: " + remark));
      fit(used, ranker, out);
    }
    out.flush();
    return 0;
  }

  private void fit(Judgments judgments, Ranker ranker, PrintWriter out) {
    List<JudgedQuery> queries =
        judgments.queries().stream()
            .filter(query -> query.grades().values().stream().anyMatch(grade -> grade > 0))
            .toList();
    if (queries.size() < Math.max(LEAST_QUERIES, folds)) {
      throw new CommandException(
          queries.size()
              + " queries with a relevant document in the index are not sufficient: "
              + Math.max(LEAST_QUERIES, folds)
              + " are required, and about 50 to detect a difference of 0.04");
    }
    List<String> fields =
        features.stream()
            .filter(name -> !List.of(Term.CE, Term.PROBABILITY, Term.SCORE).contains(name))
            .toList();
    CandidateCollector collector =
        new CandidateCollector(
            ranker, Optional.ofNullable(model), depth, fields, firstPassOptions.idField());
    List<List<Candidate>> candidates = queries.stream().map(collector::collect).toList();
    QueryValues values =
        new QueryValues(queries, candidates, k, measure.equalsIgnoreCase("judged-ndcg"));
    List<Candidate> all = candidates.stream().flatMap(List::stream).toList();
    List<Term> terms = new ArrayList<>();
    for (Term term : Term.of(features)) {
      Optional<String> problem = term.problem(all);
      problem.ifPresent(reason -> out.println("note: " + reason + "; ignoring it"));
      if (problem.isEmpty()) {
        terms.add(term);
      }
    }
    List<Formula> formulas = Formula.all(terms, all);
    double[][] each = formulas.stream().map(f -> values.of(f::score)).toArray(double[][]::new);
    BlendSearch search = new BlendSearch(formulas, each);
    double[] current = values.of(rankings(queries, ranker, Optional.empty()));
    FitReport report = new FitReport(search, values, folds, seed);
    report.print(current, out);
    // Computed by Solr for the recommended formula, as a check.
    double[] solrs =
        values.of(rankings(queries, ranker, Optional.of(report.chosen().expression())));
    double mine = Statistics.mean(values.of(report.chosen()::score));
    if (Math.abs(Statistics.mean(solrs) - mine) > 1e-3) {
      out.printf(
          Locale.ROOT,
          "WARNING: with this formula, the ranking of Solr has %.3f instead of %.3f%n",
          Statistics.mean(solrs),
          mine);
    }
  }

  private List<List<String>> rankings(
      List<JudgedQuery> queries, Ranker ranker, Optional<String> blend) {
    Configuration configuration =
        Configuration.of(new Rerank(Optional.ofNullable(model), Optional.of(depth), blend));
    return queries.stream().map(query -> ranker.search(query, configuration, depth).ids()).toList();
  }

  private void require(boolean condition, String message) {
    if (!condition) {
      throw new ParameterException(spec.commandLine(), message);
    }
  }
}
