// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.evaluation;

import io.crossencoder.tools.common.Checksum;
import io.crossencoder.tools.common.Numbers;
import io.crossencoder.tools.evaluation.measures.Metrics;
import io.crossencoder.tools.evaluation.measures.Statistics;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The settings of an evaluation, so that it can be reproduced.
 *
 * @param date in UTC
 * @param commandLine quoted for a shell
 * @param settings names and values in output order
 */
record RunInfo(String date, String commandLine, Map<String, String> settings) {

  /**
   * The settings of a finished evaluation.
   *
   * @param arguments arguments with the name of the command
   * @param solr properties of the server
   */
  static RunInfo of(
      List<String> arguments,
      List<Path> judgments,
      Map<String, String> solr,
      Evaluation evaluation,
      long seed)
      throws IOException {
    Metrics metrics = evaluation.metrics();
    Map<String, String> settings = new LinkedHashMap<>(solr);
    for (Results results : evaluation.results()) {
      if (results.configuration().rerank().isPresent()) {
        settings.put(results.configuration().name(), "by " + results.said("model"));
      }
    }
    for (Path file : judgments) {
      settings.put("judgments " + file.getFileName(), "SHA-256 " + Checksum.of(file).sha256());
    }
    settings.put(
        "measures",
        String.format(
            Locale.ROOT,
            "at %d, relevant from grade %s, %s gain",
            metrics.k(),
            Numbers.shortest(metrics.relevant()),
            metrics.gain().name().toLowerCase(Locale.ROOT)));
    settings.put(
        "statistics",
        String.format(
            Locale.ROOT,
            "%,d bootstrap resamples, %,d permutations, seed %d",
            Statistics.RESAMPLES,
            Statistics.PERMUTATIONS,
            seed));
    String date = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    return new RunInfo(date, commandLine(arguments), settings);
  }

  private static String commandLine(List<String> arguments) {
    return arguments.stream()
        .skip(arguments.indexOf("evaluate") + 1L)
        .map(word -> word.matches("[A-Za-z0-9_./:=,+@%-]+") ? word : quoted(word))
        .collect(Collectors.joining(" ", "scripts/evaluate.sh ", ""));
  }

  private static String quoted(String word) {
    return "'" + word.replace("'", "'\\''") + "'";
  }
}
