// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.junit.Test;

/** evaluate with incomplete judgments: warnings and pools. */
public final class EvaluatePoolTest extends EvaluateTestCase {

  private List<CSVRecord> pool(Path file) throws IOException {
    CSVFormat format = CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get();
    try (Reader reader = Files.newBufferedReader(file)) {
      return format.parse(reader).getRecords();
    }
  }

  @Test
  public void saysWhereTooLittleIsJudgedToTellRankingsApart() throws IOException {
    assertEquals(0, evaluate("query,docid,rating,qid\nvietnam war,792,1,1\n"));
    assertTrue(
        out.toString(),
        out.toString()
            .contains("WARNING: all: of the first 10 documents only 0 to 10 % are judged"));
  }

  @Test
  public void thePoolHasWhatEitherRankingShowsAndNobodyJudged() throws IOException {
    Path file = folder.getRoot().toPath().resolve("pool.csv");
    assertEquals(0, evaluate(JUDGMENTS, "--blend=ce", "--at=5", "--pool=" + file));
    Map<String, List<CSVRecord>> byQuery =
        pool(file).stream().collect(Collectors.groupingBy(row -> row.get("query")));
    List<String> war = byQuery.get("vietnam war").stream().map(row -> row.get("docid")).toList();
    assertTrue("of the first pass: Lord of War " + war, war.contains("1830"));
    assertTrue("of the rerank: The Killing Fields " + war, war.contains("625"));
    assertFalse("judged", war.contains("792"));
    assertTrue(err.toString(), err.toString().contains(" unjudged documents of 2 queries are in"));
    CSVRecord fields =
        byQuery.get("vietnam war").stream()
            .filter(row -> row.get("docid").equals("625"))
            .findFirst()
            .orElseThrow();
    assertEquals("", fields.get("rating"));
    assertEquals("1", fields.get("qid"));
    assertEquals("The Killing Fields", fields.get("title"));
    assertTrue(fields.get("passage").startsWith("The Killing Fields\n\n"));
  }

  @Test
  public void aPoolThatWasJudgedCountsBesideTheFirstFile() throws IOException {
    Path file = folder.getRoot().toPath().resolve("pool.csv");
    Path first = Files.writeString(folder.newFile().toPath(), JUDGMENTS);
    evaluate(JUDGMENTS, "--pool=" + file);
    StringBuilder judged = new StringBuilder("query,docid,rating\nVietnam  War,792,2\n");
    for (CSVRecord row : pool(file)) {
      judged.append(row.get("query")).append(',').append(row.get("docid")).append(",0\n");
    }
    Path second = Files.writeString(folder.newFile().toPath(), judged);
    out.getBuffer().setLength(0);
    assertEquals(
        0,
        run(
            "evaluate",
            "--solr",
            SOLR.target().url(),
            "--judgments",
            first.toString(),
            second.toString(),
            "--pool",
            file.toString()));
    assertEquals(List.of(), pool(file));
    assertTrue(out.toString(), out.toString().startsWith("2 queries"));
    assertTrue(
        out.toString(), out.toString().contains("1 judgments have another grade in a later file"));
    assertFalse(out.toString(), out.toString().contains("WARNING"));
  }
}
