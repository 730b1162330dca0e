// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.evaluation.judgments;

import io.crossencoder.tools.common.CommandException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options for relevance judgments. */
public final class JudgmentOptions {

  @Option(
      names = "--judgments",
      required = true,
      arity = "1..*",
      paramLabel = "FILE",
      description = {
        "Relevance judgments: 'grade qid:N # document text' (RankLib, with or without features),",
        "qrels of TREC with --topics, or a CSV file as Quepid exports it. If two files grade the same",
        "document, the later file counts."
      })
  private List<Path> files;

  @Option(
      names = "--topics",
      paramLabel = "FILE",
      description = "Texts of the queries: id, tab, text; or TREC's <top>.")
  private Path topics;

  @Option(
      names = "--format",
      paramLabel = "NAME",
      description = "${COMPLETION-CANDIDATES}, also in lower case. Default: detected from the file")
  private JudgmentFormat format;

  @Option(
      names = "--skip-bad",
      description = "Ignore lines that are not judgments; their numbers are still printed.")
  private boolean skipBad;

  /** {@return the files in their order} */
  public List<Path> files() {
    return List.copyOf(files);
  }

  /**
   * Reads the files.
   *
   * @param err receives a message per invalid line
   * @return the judgments of all files
   * @throws CommandException if there are invalid lines that are not ignored, or a file has no
   *     judgments
   * @throws IOException if a file cannot be read
   */
  public Judgments read(PrintWriter err) throws IOException {
    JudgmentSets sets = new JudgmentSets();
    for (Path file : files) {
      sets.add(read(file, err));
    }
    return sets.together();
  }

  /**
   * Whether a file contains judgments.
   *
   * @throws IOException if the file cannot be read
   */
  public static boolean isRated(Path file) throws IOException {
    try {
      return new JudgmentsReader(Optional.empty(), Optional.empty())
              .read(file, problem -> {})
              .size()
          > 0;
    } catch (CommandException e) {
      return false;
    }
  }

  private Judgments read(Path file, PrintWriter err) throws IOException {
    List<String> problems = new ArrayList<>();
    Judgments judgments =
        new JudgmentsReader(Optional.ofNullable(format), Optional.ofNullable(topics))
            .read(file, problems::add);
    problems.forEach(problem -> err.println(file + ": " + problem));
    err.flush();
    if (!problems.isEmpty() && !skipBad) {
      throw new CommandException(
          (problems.size() == 1 ? "1 problem" : problems.size() + " problems")
              + " in "
              + file
              + ", see above; use --skip-bad to ignore them");
    }
    if (judgments.queries().isEmpty()) {
      throw new CommandException("no judgments in " + file);
    }
    return judgments;
  }
}
