// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The queries of the benchmark. */
final class Queries {

  /** Topics that people search for if they have forgotten the title of a film. */
  static final List<String> TOPICS =
      List.of(
          "vietnam war",
          "space travel to another planet",
          "detective hunting a serial killer",
          "romantic comedy in new york",
          "heist gone wrong",
          "artificial intelligence turns against its makers",
          "boxer makes a comeback",
          "haunted house",
          "time travel paradox",
          "prison escape",
          "world war ii submarine",
          "high school friends coming of age",
          "superhero origin story",
          "dinosaurs on an island",
          "lawyer defends an innocent man",
          "road trip with an estranged father",
          "undercover cop in the mafia",
          "zombie outbreak",
          "musician's rise to fame",
          "shipwreck survivors");

  /** The line that names a query in judgments for learning to rank: {@code # qid:7: rambo*1}. */
  private static final Pattern JUDGED = Pattern.compile("(?m)^# qid:\\d+: (.+?)(\\*\\d+)?$");

  private Queries() {}

  /**
   * The queries of a judgments file.
   *
   * @throws IOException if the file cannot be read or contains no queries
   */
  static List<String> judged(Path file) throws IOException {
    List<String> queries =
        JUDGED.matcher(Files.readString(file)).results().map(Queries::text).distinct().toList();
    if (queries.isEmpty()) {
      throw new IOException(file + " has no line like '# qid:7: rambo*1'");
    }
    return queries;
  }

  private static String text(MatchResult line) {
    return line.group(1);
  }
}
