// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.evaluation;

import io.crossencoder.tools.common.CommandException;
import io.crossencoder.tools.evaluation.Results.Answer;
import io.crossencoder.tools.evaluation.asking.Configuration;
import io.crossencoder.tools.evaluation.asking.Ranking;
import io.crossencoder.tools.evaluation.judgments.JudgedQuery;
import io.crossencoder.tools.evaluation.measures.Metrics;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Sends all queries of all configurations.
 *
 * @param concurrency number of concurrent requests, 1 or greater
 * @param progress called after each response, on any thread
 */
record Evaluator(Asker asker, Metrics metrics, int concurrency, Runnable progress) {

  /** Runs one query. */
  interface Asker {
    Ranking ask(JudgedQuery query, Configuration configuration);
  }

  /**
   * Runs one configuration after the other, so that their latencies are comparable.
   *
   * @throws CommandException if a query fails
   */
  List<Results> evaluate(List<JudgedQuery> queries, List<Configuration> configurations) {
    ExecutorService requests = Executors.newFixedThreadPool(concurrency);
    try {
      List<Results> results = new ArrayList<>();
      for (Configuration configuration : configurations) {
        List<Future<Answer>> answers =
            queries.stream()
                .map(query -> requests.submit(() -> answer(query, configuration)))
                .toList();
        List<Answer> done = new ArrayList<>();
        for (Future<Answer> answer : answers) {
          done.add(answer.get());
        }
        results.add(new Results(configuration, done));
      }
      return results;
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException failure
          ? failure
          : new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandException("interrupted", e);
    } finally {
      requests.shutdownNow();
    }
  }

  private Answer answer(JudgedQuery query, Configuration configuration) {
    Ranking ranking = asker.ask(query, configuration);
    progress.run();
    return new Answer(query, ranking, metrics.of(ranking.ids(), query.grades()));
  }
}
