// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.evaluation;

import io.crossencoder.tools.evaluation.asking.Configuration;
import io.crossencoder.tools.evaluation.asking.Configuration.Rerank;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options for the configurations that are compared with the first pass. */
final class ConfigurationOptions {
  private static final int DEFAULT_DEPTH = 50;
  private static final String DEFAULT = "default";

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--candidates",
      paramLabel = "search|judged",
      defaultValue = "search",
      description = {
        "search: the results of the first pass. judged: all judged documents of each query, to measure",
        "the model without the first pass. Default: ${DEFAULT-VALUE}"
      })
  private Candidates candidates;

  @Option(
      names = "--models",
      split = ",",
      paramLabel = "NAME",
      description = "Models to compare, by their names in Solr. Default: the default model of Solr")
  private List<String> models = new ArrayList<>();

  @Option(
      names = "--depths",
      split = ",",
      paramLabel = "N",
      description = "Numbers of candidates, such as 10,50,100. Default: 50")
  private List<Integer> depths = new ArrayList<>();

  @Option(
      names = "--blend",
      paramLabel = "FORMULA",
      description = {
        "Formula of the final score, such as 'ce + 0.1*score', or 'ce' for the model alone; 'default'",
        "is the default of Solr. Can be repeated. Default: default"
      })
  private List<String> blends = new ArrayList<>();

  /** Source of the candidates. */
  enum Candidates {
    SEARCH,
    JUDGED
  }

  Candidates candidates() {
    return candidates;
  }

  /** The first pass, then each combination of model, depth and blend. */
  List<Configuration> configurations() {
    boolean judged = candidates == Candidates.JUDGED;
    if (judged && !depths.isEmpty()) {
      throw bad(
          "--depths has no effect with --candidates judged, because all judged documents are reranked");
    }
    depths.stream()
        .filter(depth -> depth < 1)
        .findFirst()
        .ifPresent(
            depth -> {
              throw bad("--depths must be at least 1: " + depth);
            });
    Set<Configuration> all = new LinkedHashSet<>();
    all.add(Configuration.FIRST_PASS);
    for (Optional<String> model : orDefault(models)) {
      for (Optional<String> blend : orDefault(blends)) {
        if (judged) {
          all.add(Configuration.of(new Rerank(model, Optional.empty(), blend)));
        } else {
          for (int depth : depths.isEmpty() ? List.of(DEFAULT_DEPTH) : depths) {
            all.add(Configuration.of(new Rerank(model, Optional.of(depth), blend)));
          }
        }
      }
    }
    return List.copyOf(all);
  }

  /** The largest depth. */
  int depth() {
    return depths.stream().mapToInt(Integer::intValue).max().orElse(DEFAULT_DEPTH);
  }

  private static List<Optional<String>> orDefault(List<String> names) {
    return names.isEmpty()
        ? List.of(Optional.empty())
        : names.stream()
            .map(name -> Optional.of(name).filter(n -> !n.toLowerCase(Locale.ROOT).equals(DEFAULT)))
            .toList();
  }

  private ParameterException bad(String message) {
    return new ParameterException(command.commandLine(), message);
  }
}
