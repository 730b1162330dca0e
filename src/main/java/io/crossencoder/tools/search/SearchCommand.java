// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.search;

import io.crossencoder.tools.common.SolrTarget;
import io.crossencoder.tools.common.Terminal;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.solr.client.solrj.SolrClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code search}: shows the effect of reranking on one query. */
@Command(
    name = "search",
    description = "Show the first pass and the reranked page of a query side by side.")
public final class SearchCommand implements Callable<Integer> {
  // Films that move up from lower ranks are marked "new".
  private static final int MAX_KNOWN_RANKS = 1000;

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "1..*",
      paramLabel = "TEXT",
      description = "Text to search for. Solr's syntax for fields and parsers has no effect.")
  private List<String> words;

  @Mixin private SolrTarget target;

  @Option(
      names = "--rows",
      paramLabel = "N",
      defaultValue = "10",
      description = "Documents per page. Default: ${DEFAULT-VALUE}")
  private int rows;

  @Option(
      names = "--rerank-docs",
      paramLabel = "N",
      defaultValue = "50",
      description =
          "Number of candidates: the top N documents of the first pass. Default: ${DEFAULT-VALUE}")
  private int reRankDocs;

  @Option(
      names = "--model",
      paramLabel = "NAME",
      description = "Name of a model in Solr. Default: the default model of Solr")
  private String model;

  @Option(
      names = "--hybrid",
      description = "Three first passes, each reranked: BM25, vectors, and both fused.")
  private boolean hybrid;

  @Override
  public Integer call() throws IOException {
    if (rows < 1) {
      throw new ParameterException(spec.commandLine(), "--rows must be at least 1: " + rows);
    }
    PrintWriter out = spec.commandLine().getOut();
    String text = String.join(" ", words);
    try (SolrClient client = target.connect()) {
      String gap = "";
      for (FirstPass each : hybrid ? List.of(FirstPass.values()) : List.of(FirstPass.BM25)) {
        RerankSearch search = new RerankSearch(client, target, each);
        out.print(gap + show(search, text, rows, reRankDocs, model));
        gap = "\n";
      }
    }
    out.flush();
    return 0;
  }

  /** Both pages of a query and the summary. */
  public static String show(
      RerankSearch search, String text, int rows, int reRankDocs, String model) {
    int known = Math.max(rows, Math.min(reRankDocs, MAX_KNOWN_RANKS));
    ResultPage firstPass = search.firstPass(text, known);
    ResultPage reranked = search.reranked(text, rows, reRankDocs, model);
    Terminal terminal = Terminal.detect();
    SideBySide view =
        new SideBySide(rows, terminal.width(), terminal.colors(), search.candidates());
    return view.render(firstPass, reranked) + "\n" + view.summary(firstPass, reranked);
  }
}
