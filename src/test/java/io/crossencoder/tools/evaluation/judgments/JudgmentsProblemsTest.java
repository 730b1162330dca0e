// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.evaluation.judgments;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import io.crossencoder.tools.common.CommandException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.Test;

/** Invalid files of judgments. */
public final class JudgmentsProblemsTest extends JudgmentsTestCase {

  @Test
  public void aTableWithoutRatingsSaysWhichColumnIsMissing() throws IOException {
    read("query,docid\nrambo,7555\n");
    assertEquals(List.of("line 1: the header has no column 'rating'"), problems);
  }

  @Test
  public void aQuoteThatNothingClosesIsNamed() throws IOException {
    read("query,docid,rating\nrambo,7555,1\n\"rambo,7556,1\n");
    assertEquals(problems.toString(), 1, problems.size());
    assertEquals(
        "line 3: wrong quotation marks; the rest of the file cannot be read", problems.get(0));
  }

  @Test
  public void aTextWithACommaWithoutQuotesIsNotReadAsAnotherDocument() throws IOException {
    Judgments judgments =
        read("query,docid,rating\nHello, Dolly,7,1\nrambo,7555\nrambo,7556,1,,\nno documents\n");
    assertEquals(
        List.of(
            "line 2: 4 columns, but the header has 3; texts with a comma need quotation marks",
            "line 3: 2 columns, but the header has 3; texts with a comma need quotation marks"),
        problems);
    assertEquals(List.of(query("1", "rambo", Map.of("7556", 1.0))), judgments.queries());
  }

  @Test
  public void twoQueriesWithOneIdAreNotMixed() throws IOException {
    Judgments judgments = read("query,docid,rating,qid\nrambo,7555,1,\nplatoon,792,1,1\n");
    assertEquals(
        List.of("line 3: query 1 has the text 'platoon', but 'rambo' in an earlier line"),
        problems);
    assertEquals(List.of(query("1", "rambo", Map.of("7555", 1.0))), judgments.queries());
  }

  @Test
  public void titlesAfterTheDocumentsAreNotTheQuery() throws IOException {
    String rows = "1 qid:1 # 28 Apocalypse Now\n0 qid:1 # 600 Full Metal Jacket\n";
    read(rows);
    assertEquals(
        List.of(
            "line 2: query 1 has the text 'Full Metal Jacket', but 'Apocalypse Now' in an earlier"
                + " line"),
        problems);
    problems.clear();
    assertEquals(
        List.of(query("1", "vietnam war", Map.of("28", 1.0, "600", 0.0))),
        read("# qid:1: vietnam war*1\n" + rows).queries());
    assertEquals(List.of(), problems);
  }

  @Test
  public void aTopicThatComesTwiceIsAProblem() throws IOException {
    read("1 0 A 1\n", "1\tRambo\n1\t rambo \n1\tplatoon\n");
    assertEquals(
        List.of("line 3: query 1 has the text 'platoon', but 'Rambo' in an earlier line"),
        problems);
  }

  @Test
  public void aDirectoryIsNamed() throws IOException {
    Path directory = folder.newFolder().toPath();
    CommandException refused =
        assertThrows(
            CommandException.class,
            () ->
                new JudgmentsReader(Optional.empty(), Optional.empty())
                    .read(directory, problems::add));
    assertTrue(refused.getMessage(), refused.getMessage().startsWith(directory + ": "));
  }

  @Test
  public void everyBadLineIsNamedAndTheOthersAreRead() throws IOException {
    Judgments judgments =
        read(
            """
            # qid:1: rambo*1
            1 qid:1 # 7555
            one qid:1 # 7556
            1 qid:1
            nonsense
            NaN qid:1 # 7557
            0 qid:1 # 7558
            """);
    assertEquals(
        List.of(
            "line 3: the grade 'one' is not a number",
            "line 4: no document id after #",
            "line 5: expected a line such as '1 qid:7 # 603', not 'nonsense'",
            "line 6: the grade 'NaN' is not a number"),
        problems);
    assertEquals(2, judgments.size());
  }

  @Test
  public void badQrelsAreNamed() throws IOException {
    read("1 0 A 1\n1 0 B\n1 0 C 1 more\n", "1\trambo\n");
    assertEquals(
        List.of(
            "line 2: expected four columns, such as '7 0 603 1', not '1 0 B'",
            "line 3: expected four columns, such as '7 0 603 1', not '1 0 C 1 more'"),
        problems);
  }

  @Test
  public void twoGradesOfOneDocumentAreAProblem() throws IOException {
    Judgments judgments = read("# qid:1: rambo*1\n1 qid:1 # 7\n0 qid:1 # 7\n");
    assertEquals(List.of("line 3: query 1, document 7: grade 0, but 1 in line 2"), problems);
    assertEquals(Map.of("7", 1.0), judgments.queries().get(0).grades());
  }

  @Test
  public void aQueryWithoutTextIsAProblem() throws IOException {
    assertEquals(List.of(), read("1 0 A 1\n").queries());
    assertEquals(List.of("query 1 has no text; set it with --topics"), problems);
  }

  @Test
  public void anEmptyFileHasNoJudgments() {
    for (String empty : List.of("", "\n\n", "# a remark\n", "\uFEFF")) {
      CommandException refused = assertThrows(CommandException.class, () -> read(empty));
      assertTrue(refused.getMessage(), refused.getMessage().startsWith("no judgments in "));
    }
  }

  @Test
  public void aFileThatIsNoneOfThemSaysWhatThereIs() {
    CommandException refused =
        assertThrows(CommandException.class, () -> read("{\"1\": {\"7\": 1}}\n"));
    assertTrue(refused.getMessage(), refused.getMessage().contains("ranklib, qrels, csv. "));
  }

  @Test
  public void aFileThatIsNotUtf8IsRefused() throws IOException {
    Path file = folder.newFile().toPath();
    Files.write(file, "1 qid:1 # 7 Bête\n".getBytes(StandardCharsets.ISO_8859_1));
    CommandException refused =
        assertThrows(
            CommandException.class,
            () ->
                new JudgmentsReader(Optional.empty(), Optional.empty()).read(file, problems::add));
    assertTrue(refused.getMessage(), refused.getMessage().endsWith(" is not UTF-8"));
  }
}
