// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.evaluation.judgments;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.Rule;
import org.junit.rules.TemporaryFolder;

/** Reads files of judgments. */
public abstract class JudgmentsTestCase {

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  final List<String> problems = new ArrayList<>();

  Path file(String content) throws IOException {
    return Files.writeString(folder.newFile().toPath(), content);
  }

  Judgments read(String content) throws IOException {
    return new JudgmentsReader(Optional.empty(), Optional.empty())
        .read(file(content), problems::add);
  }

  Judgments read(String content, String topics) throws IOException {
    return new JudgmentsReader(Optional.empty(), Optional.of(file(topics)))
        .read(file(content), problems::add);
  }

  static JudgedQuery query(String id, String text, Map<String, Double> grades) {
    return new JudgedQuery(id, text, grades);
  }
}
