// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.evaluation;

import io.crossencoder.tools.common.CommandException;
import io.crossencoder.tools.evaluation.Results.Answer;
import io.crossencoder.tools.evaluation.asking.FirstPassOptions;
import io.crossencoder.tools.evaluation.asking.Passages;
import io.crossencoder.tools.evaluation.asking.Ranker;
import io.crossencoder.tools.evaluation.judgments.JudgedQuery;
import io.crossencoder.tools.evaluation.judgments.JudgmentOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.apache.solr.common.SolrDocument;

/**
 * The unjudged documents among the first k of the compared rankings: a pool of Spärck Jones and van
 * Rijsbergen (1975).
 *
 * @param byQuery ids by query, in an order that does not depend on the rankings
 */
record Pool(Map<JudgedQuery, Set<String>> byQuery) {

  static Pool of(Evaluation evaluation, Map<String, Map<String, Double>> judged, long seed) {
    Map<JudgedQuery, Set<String>> byQuery = new LinkedHashMap<>();
    for (Results results : evaluation.results()) {
      for (Answer answer : results.answers()) {
        List<String> ids = answer.ranking().ids();
        Set<String> open =
            new LinkedHashSet<>(ids.subList(0, Math.min(evaluation.metrics().k(), ids.size())));
        open.removeAll(judged.getOrDefault(answer.query().id(), Map.of()).keySet());
        byQuery.computeIfAbsent(answer.query(), query -> new LinkedHashSet<>()).addAll(open);
      }
    }
    byQuery.values().removeIf(Set::isEmpty);
    byQuery.replaceAll((query, ids) -> shuffled(ids, seed));
    return new Pool(byQuery);
  }

  private static Set<String> shuffled(Set<String> ids, long seed) {
    List<String> all = new ArrayList<>(ids);
    all.sort(
        Comparator.comparing((String id) -> new SplittableRandom(seed ^ id.hashCode()).nextLong())
            .thenComparing(id -> id));
    return new LinkedHashSet<>(all);
  }

  /**
   * Checks that a pool can be written to a file without a loss of judgments.
   *
   * @param judgments files that the command reads
   * @throws CommandException if the file is one of them, or contains ratings
   * @throws IOException if its directory does not exist
   */
  static void check(Path file, List<Path> judgments) throws IOException {
    Path directory = file.toAbsolutePath().getParent();
    if (directory != null && !Files.isDirectory(directory)) {
      throw new NoSuchFileException(directory.toString());
    }
    if (!Files.isRegularFile(file)) {
      return;
    }
    for (Path other : judgments) {
      if (Files.isSameFile(file, other)) {
        throw new CommandException(file + " is a file of --judgments; set another --pool");
      }
    }
    if (JudgmentOptions.isRated(file)) {
      throw new CommandException(
          file + " contains ratings; set another --pool, or move the file away");
    }
  }

  int size() {
    return byQuery.values().stream().mapToInt(Collection::size).sum();
  }

  /**
   * Writes the pool as CSV with an empty rating per line, which Quepid or the browse page fills in.
   *
   * @param passages reads the text for the judge, which is the text for the model
   */
  void write(Path file, Ranker ranker, Passages passages, FirstPassOptions options)
      throws IOException {
    List<String> fields = new ArrayList<>(passages.fields());
    fields.addAll(List.of(options.idField(), options.titleField()));
    StringBuilder text = new StringBuilder();
    try (CSVPrinter csv =
        new CSVPrinter(text, CSVFormat.RFC4180.builder().setRecordSeparator("\n").get())) {
      csv.printRecord("query", "docid", "rating", "qid", "title", "passage");
      for (Map.Entry<JudgedQuery, Set<String>> each : byQuery.entrySet()) {
        Map<String, SolrDocument> documents =
            ranker.byId(each.getValue(), fields).stream()
                .collect(Collectors.toMap(ranker::id, document -> document));
        for (String id : each.getValue()) {
          SolrDocument document = documents.getOrDefault(id, new SolrDocument());
          csv.printRecord(
              each.getKey().text(),
              id,
              "",
              each.getKey().id(),
              document.getFirstValue(options.titleField()),
              passages.read(document::getFieldValues));
        }
      }
    }
    // Written at once, so that a failed request leaves no incomplete pool.
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw CommandException.of(file, e);
    }
  }
}
