// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.evaluation;

import io.crossencoder.tools.common.CommandException;
import io.crossencoder.tools.common.Numbers;
import io.crossencoder.tools.common.SolrTarget;
import io.crossencoder.tools.common.TerminalText;
import io.crossencoder.tools.common.TextTable;
import io.crossencoder.tools.evaluation.PublishedScores.Film;
import io.crossencoder.tools.evaluation.asking.Configuration;
import io.crossencoder.tools.evaluation.asking.Configuration.Rerank;
import io.crossencoder.tools.evaluation.asking.FirstPassOptions;
import io.crossencoder.tools.evaluation.asking.Ranker;
import io.crossencoder.tools.evaluation.asking.Ranking;
import io.crossencoder.tools.evaluation.asking.Ranking.Hit;
import io.crossencoder.tools.evaluation.judgments.JudgedQuery;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.solr.client.solrj.SolrClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code notebook}: reproduces the table of the notebook on cross-encoders with Solr. */
@Command(
    name = "notebook",
    description = {
      "Print the judged films of the query 'vietnam war' in the order of a model in Solr.",
      "This is the table of the notebook on cross-encoders in AI-Powered Search. With its model,"
          + " ms-marco-MiniLM-L6-v2, and its tmdb.json, the scores must equal those of the book."
    })
public final class NotebookCommand implements Callable<Integer> {
  private static final double TOLERANCE = 1e-3;

  @Spec private CommandSpec spec;
  @Mixin private SolrTarget target;

  @Option(
      names = "--model",
      paramLabel = "NAME",
      description = "Name of a model in Solr. Default: the default model of Solr")
  private String model;

  /** For picocli, which sets the options. */
  NotebookCommand() {}

  @Override
  public Integer call() throws IOException {
    Map<String, Film> films = PublishedScores.read();
    Map<String, Double> grades = new LinkedHashMap<>();
    films.forEach((id, film) -> grades.put(id, film.grade()));
    JudgedQuery query = new JudgedQuery("'vietnam war'", PublishedScores.TEXT, grades);
    Ranking ranking;
    try (SolrClient client = target.connect()) {
      ranking =
          new Ranker(client, target, new FirstPassOptions())
              .rankJudged(
                  query,
                  Configuration.of(
                      new Rerank(Optional.ofNullable(model), Optional.empty(), Optional.of("ce"))));
    }
    if (!ranking.outcome().equals("complete")) {
      throw new CommandException("the model did not score all films: " + ranking.crossEncoder());
    }
    String used = String.valueOf(ranking.crossEncoder().get("model"));
    boolean comparable = PublishedScores.areOf(used);
    PrintWriter out = spec.commandLine().getOut();
    out.print(table(ranking, films, comparable));
    out.printf(
        Locale.ROOT,
        "%n%d of %d films are in the index, model %s%n",
        ranking.hits().size(),
        films.size(),
        used);
    int code = comparable ? compare(ranking, films, out) : 0;
    if (!comparable) {
      out.println("The scores of the book are from another model, ms-marco-MiniLM-L6-v2.");
    }
    out.flush();
    return code;
  }

  private static String table(Ranking ranking, Map<String, Film> films, boolean comparable) {
    TextTable table = new TextTable();
    List<String> header = new ArrayList<>(List.of("", "grade", "score"));
    if (comparable) {
      header.addAll(List.of("book", "difference"));
    }
    table.row(header);
    for (Hit hit : ranking.hits()) {
      Film film = films.get(hit.id());
      List<String> cells = new ArrayList<>();
      cells.add(TerminalText.clean(film.title()));
      cells.add(Numbers.shortest(film.grade()));
      cells.add(six(hit.score()));
      if (comparable) {
        cells.add(six(film.score()));
        cells.add(six(hit.score() - film.score()));
      }
      table.row(cells);
    }
    return table.render();
  }

  /**
   * Prints the largest difference to the published scores; returns 0 if the scores are equal,
   * otherwise 1.
   */
  static int compare(Ranking ranking, Map<String, Film> films, PrintWriter out) {
    double worst =
        ranking.hits().stream()
            .mapToDouble(hit -> Math.abs(hit.score() - films.get(hit.id()).score()))
            .max()
            .orElse(0);
    boolean same = worst <= TOLERANCE && ranking.hits().size() == films.size();
    out.printf(
        Locale.ROOT,
        same
            ? "The scores are equal to those of the book: the largest difference is %.6f.%n"
            : "MISMATCH with the scores of the book: the largest difference is %.6f. Index the book's"
                + " tmdb.json, and use the fp32 file of the model with the fields title,overview.%n",
        worst);
    return same ? 0 : 1;
  }

  private static String six(double number) {
    return String.format(Locale.ROOT, "%.6f", number);
  }
}
