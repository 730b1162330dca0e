// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.evaluation.judgments;

import io.crossencoder.tools.common.CommandException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads a file of judgments, and a topics file if the texts of the queries are separate.
 *
 * @param format none: detected from the file
 */
record JudgmentsReader(Optional<JudgmentFormat> format, Optional<Path> topics) {
  private static final int BYTE_ORDER_MARK = 0xFEFF;
  private static final int LONGEST_LINE_TO_LOOK_AT = 1 << 21;

  /**
   * Reads a file.
   *
   * @param problems receives each invalid line with its number
   * @return the valid judgments; can be empty
   * @throws CommandException if the format is unknown, or the file is not UTF-8
   */
  Judgments read(Path file, Consumer<String> problems) throws IOException {
    JudgmentCollector collector = new JudgmentCollector();
    if (topics.isPresent()) {
      with(topics.get(), lines -> Topics.read(lines, collector));
    }
    AtomicReference<JudgmentFormat> found = new AtomicReference<>(format.orElse(null));
    if (format.isEmpty()) {
      with(file, lines -> found.set(detect(file, lines)));
    }
    with(file, lines -> found.get().read(lines, collector));
    Judgments judgments = collector.judgments();
    collector.problems().forEach(problems);
    return judgments;
  }

  private static JudgmentFormat detect(Path file, BufferedReader lines) throws IOException {
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      Optional<JudgmentFormat> found =
          line.length() > LONGEST_LINE_TO_LOOK_AT ? Optional.empty() : JudgmentFormat.of(line);
      if (found.isPresent()) {
        return found.get();
      }
      if (!line.isBlank() && !line.startsWith("#")) {
        throw new CommandException(
            file
                + " is not in a supported format of judgments; set --format, one of "
                + words()
                + ". A CSV file needs commas, and a header with query, docid and rating");
      }
    }
    throw new CommandException("no judgments in " + file);
  }

  private static String words() {
    return Stream.of(JudgmentFormat.values())
        .map(JudgmentFormat::word)
        .collect(Collectors.joining(", "));
  }

  private interface Work {
    void on(BufferedReader lines) throws IOException;
  }

  private static void with(Path file, Work work) throws IOException {
    try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      lines.mark(1);
      if (lines.read() != BYTE_ORDER_MARK) {
        lines.reset();
      }
      work.on(lines);
    } catch (CharacterCodingException e) {
      throw new CommandException(file + " is not UTF-8", e);
    } catch (IOException e) {
      throw CommandException.of(file, e);
    }
  }
}
