// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.evaluation;

import io.crossencoder.tools.common.CommandException;
import io.crossencoder.tools.common.Numbers;
import io.crossencoder.tools.common.SolrTarget;
import io.crossencoder.tools.common.Terminal;
import io.crossencoder.tools.evaluation.ConfigurationOptions.Candidates;
import io.crossencoder.tools.evaluation.Evaluator.Asker;
import io.crossencoder.tools.evaluation.asking.Configuration;
import io.crossencoder.tools.evaluation.asking.FirstPassOptions;
import io.crossencoder.tools.evaluation.asking.Passages;
import io.crossencoder.tools.evaluation.asking.Ranker;
import io.crossencoder.tools.evaluation.asking.SolrInfo;
import io.crossencoder.tools.evaluation.judgments.IndexedJudgments;
import io.crossencoder.tools.evaluation.judgments.JudgmentOptions;
import io.crossencoder.tools.evaluation.judgments.Judgments;
import io.crossencoder.tools.evaluation.measures.Metrics;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.apache.solr.client.solrj.SolrClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code evaluate}: measures the effect of reranking on judged queries. */
@Command(
    name = "evaluate",
    description = {
      "Compare reranked results with those of the first pass, with relevance judgments.",
      "The requests are sent to Solr over HTTP, like those of any client."
    })
public final class EvaluateCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private JudgmentOptions judgmentOptions;
  @Mixin private ConfigurationOptions configurationOptions;
  @Mixin private FirstPassOptions firstPassOptions;
  @Mixin private SolrTarget target;

  @Option(
      names = "--groups",
      paramLabel = "NAME=IDS,...",
      description =
          "Results also for groups of queries, by ids and ranges: titles=1-65,topics=66-105+201")
  private String groups;

  @Option(
      names = "--at",
      paramLabel = "K",
      defaultValue = "10",
      description = "Rank cutoff k, as in nDCG@k. Default: ${DEFAULT-VALUE}")
  private int k;

  @Option(
      names = {"-l", "--relevant"},
      paramLabel = "GRADE",
      defaultValue = "1",
      description = "Lowest grade of a relevant document. Default: ${DEFAULT-VALUE}")
  private double relevant;

  @Option(
      names = "--gain",
      paramLabel = "linear|exponential",
      defaultValue = "linear",
      description = "Gain of a grade in nDCG: the grade, or 2^grade-1. Default: ${DEFAULT-VALUE}")
  private Metrics.Gain gain;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "42",
      description =
          "Seed of the intervals and tests: the same seed gives the same numbers. Default: ${DEFAULT-VALUE}")
  private long seed;

  @Option(
      names = "--keep-missing",
      description = {
        "Count judged documents that are not in the index as not found, as trec_eval does. Otherwise",
        "they are ignored, and the output contains their number."
      })
  private boolean keepMissing;

  @Option(
      names = "--report",
      paramLabel = "DIR",
      description = "Write a page, report.html, tables, TREC runs and the qrels to this directory.")
  private Path report;

  @Option(
      names = "--pool",
      paramLabel = "FILE",
      description = {
        "Write the unjudged documents among the first k of the compared rankings, as CSV, to be",
        "judged on the browse page or in Quepid."
      })
  private Path pool;

  @Option(
      names = "--concurrency",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "Concurrent requests; values above 1 make the latencies meaningless. Default: ${DEFAULT-VALUE}")
  private int concurrency;

  /** For picocli, which sets the options. */
  EvaluateCommand() {}

  @Override
  public Integer call() throws IOException {
    require(k >= 1, "--at must be at least 1: " + k);
    require(concurrency >= 1, "--concurrency must be at least 1: " + concurrency);
    require(
        relevant > 0 && Double.isFinite(relevant),
        "--relevant must be a number above 0: " + Numbers.shortest(relevant));
    List<Configuration> configurations = configurationOptions.configurations();
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    Judgments judgments = judgmentOptions.read(err);
    Metrics metrics = new Metrics(k, relevant, gain);
    metrics.check(judgments.grades().values());
    // Fails before the measurement, which takes minutes.
    if (report != null) {
      Files.createDirectories(report);
    }
    if (pool != null) {
      Pool.check(pool, judgmentOptions.files());
    }
    Evaluation evaluation;
    Map<String, String> solr;
    try (SolrClient client = target.connect()) {
      Ranker ranker = new Ranker(client, target, firstPassOptions);
      evaluation = evaluate(judgments, configurations, ranker, metrics);
      solr = SolrInfo.of(client, target);
      if (pool != null) {
        Pool open = Pool.of(evaluation, judgments.grades(), seed);
        open.write(pool, ranker, Passages.of(client, target), firstPassOptions);
        int queries = open.byQuery().size();
        err.println(open.size() + " unjudged documents of " + queries + " queries are in " + pool);
        err.flush();
      }
    }
    Summary summary = Summary.of(evaluation, seed);
    print(evaluation, summary, out);
    if (report != null) {
      List<String> arguments = spec.commandLine().getParseResult().originalArgs();
      RunInfo info = RunInfo.of(arguments, judgmentOptions.files(), solr, evaluation, seed);
      out.println("\nThe report is " + ReportDirectory.write(evaluation, summary, info, report));
    }
    out.flush();
    return 0;
  }

  private static void print(Evaluation evaluation, Summary summary, PrintWriter out) {
    Judgments used = evaluation.judgments();
    out.printf(Locale.ROOT, "%,d queries, %,d judgments%n", used.queries().size(), used.size());
    used.remarks().forEach(remark -> out.println("note: " + remark));
    for (Group group : evaluation.groups()) {
      if (used.queries().stream().noneMatch(group::has)) {
        out.println("note: the group " + group.name() + " matches no query; check its ids");
      }
    }
    out.println();
    Terminal terminal = Terminal.detect();
    // The width of a file is not limited.
    int width = terminal.interactive() ? terminal.width() : Integer.MAX_VALUE;
    out.print(TerminalSummary.render(evaluation, summary, width));
    evaluation.warnings().forEach(warning -> out.println("\nWARNING: " + warning));
  }

  private Evaluation evaluate(
      Judgments judgments, List<Configuration> configurations, Ranker ranker, Metrics metrics) {
    Judgments indexed =
        keepMissing ? judgments : IndexedJudgments.of(judgments, ranker::indexed, relevant);
    Judgments used = indexed.noting(relevant);
    if (used.queries().isEmpty()) {
      throw new CommandException(
          "the index contains none of the judged documents; check the collection '"
              + target.collection()
              + "' and --id-field");
    }
    int rows = Math.max(k, configurationOptions.depth());
    Asker asker =
        configurationOptions.candidates() == Candidates.JUDGED
            ? ranker::rankJudged
            : (query, configuration) -> ranker.search(query, configuration, rows);
    try (ProgressBar bar = bar((long) used.queries().size() * configurations.size())) {
      return new Evaluation(
          used,
          metrics,
          groups(),
          new Evaluator(asker, metrics, concurrency, bar::step)
              .evaluate(used.queries(), configurations));
    }
  }

  private static ProgressBar bar(long requests) {
    Terminal terminal = Terminal.detect();
    ProgressBarBuilder bar =
        new ProgressBarBuilder()
            .setTaskName("Sending queries")
            .setInitialMax(requests)
            .setMaxRenderedLength(terminal.width())
            .clearDisplayOnFinish();
    // A bar is useless in a log.
    return terminal.interactive()
        ? bar.build()
        : bar.setConsumer(new DelegatingProgressBarConsumer(line -> {})).build();
  }

  private List<Group> groups() {
    List<Group> all = new ArrayList<>(List.of(Group.ALL));
    if (groups != null) {
      try {
        all.addAll(Group.parse(groups));
      } catch (IllegalArgumentException e) {
        throw new ParameterException(spec.commandLine(), e.getMessage());
      }
    }
    return all;
  }

  private void require(boolean condition, String message) {
    if (!condition) {
      throw new ParameterException(spec.commandLine(), message);
    }
  }
}
