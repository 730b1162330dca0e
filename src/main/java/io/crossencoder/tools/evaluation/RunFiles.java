// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.evaluation;

import io.crossencoder.tools.common.Numbers;
import io.crossencoder.tools.evaluation.asking.Ranking;
import io.crossencoder.tools.evaluation.judgments.JudgedQuery;
import io.crossencoder.tools.evaluation.judgments.Judgments;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Writes rankings and judgments for trec_eval, which computes the same numbers. */
final class RunFiles {
  private static final Pattern SEPARATOR = Pattern.compile("[%\\s]");

  private RunFiles() {}

  /** The used judgments: {@code query 0 document grade}. */
  static void writeQrels(Judgments judgments, Path file) throws IOException {
    try (BufferedWriter out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
      for (JudgedQuery query : judgments.queries()) {
        for (var judged : query.grades().entrySet()) {
          out.write(
              String.join(
                  " ",
                  token(query.id()),
                  "0",
                  token(judged.getKey()),
                  Numbers.shortest(judged.getValue())));
          out.write('\n');
        }
      }
    }
  }

  /** A ranking: {@code query Q0 document rank score tag}. */
  static void writeRun(Results results, Path file) throws IOException {
    try (BufferedWriter out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
      for (Results.Answer answer : results.answers()) {
        List<Ranking.Hit> hits = answer.ranking().hits();
        float last = Float.POSITIVE_INFINITY;
        for (int rank = 0; rank < hits.size(); rank++) {
          // trec_eval ranks by score and breaks ties by id, so the scores must be unique.
          last = Math.min(hits.get(rank).score(), Math.nextDown(last));
          out.write(
              String.join(
                  " ",
                  token(answer.query().id()),
                  "Q0",
                  token(hits.get(rank).id()),
                  String.valueOf(rank + 1),
                  String.valueOf(last),
                  results.configuration().slug()));
          out.write('\n');
        }
      }
    }
  }

  /** Spaces are encoded like in URLs, because they separate the columns; different ids stay so. */
  private static String token(String id) {
    return SEPARATOR
        .matcher(id)
        .replaceAll(found -> String.format(Locale.ROOT, "%%%02X", (int) found.group().charAt(0)));
  }
}
