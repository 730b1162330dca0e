// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.evaluation;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import io.crossencoder.tools.CommandException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** Files of judgments, good and bad. */
public final class JudgmentsReaderTest {
  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private final List<String> problems = new ArrayList<>();

  private Path file(String content) throws IOException {
    return Files.writeString(folder.newFile().toPath(), content);
  }

  private Judgments read(String content) throws IOException {
    return new JudgmentsReader(Optional.empty(), Optional.empty())
        .read(file(content), problems::add);
  }

  private Judgments read(String content, String topics) throws IOException {
    return new JudgmentsReader(Optional.empty(), Optional.of(file(topics)))
        .read(file(content), problems::add);
  }

  private static JudgedQuery query(String id, String text, Map<String, Double> grades) {
    return new JudgedQuery(id, text, grades);
  }

  @Test
  public void theBooksFormatWithTheQueriesInItsHead() throws IOException {
    Judgments judgments =
        read(
            """
            # qid:1: rambo*1
            # qid:105: vietnam war*1

            1\tqid:1\t # 7555\trambo
            0\tqid:1\t # 13258\trambo
            1\tqid:105\t # 28\tvietnam war
            """);
    assertEquals(
        List.of(
            query("1", "rambo", Map.of("7555", 1.0, "13258", 0.0)),
            query("105", "vietnam war", Map.of("28", 1.0))),
        judgments.queries());
    assertEquals(3, judgments.size());
    assertEquals(List.of(), problems);
  }

  @Test
  public void ranklibsFormatWithFeatures() throws IOException {
    Judgments judgments = read("4 qid:7 1:12.3 2:0.5 # 7555 rambo\n0 qid:7 1:0 2:0 #1370\n");
    assertEquals(
        List.of(query("7", "rambo", Map.of("7555", 4.0, "1370", 0.0))), judgments.queries());
  }

  @Test
  public void letorsFormatWithItsOwnRemarks() throws IOException {
    Judgments judgments =
        read("2 qid:10 1:0.1 #docid = GX029-35-5894638 inc = 0.02 prob = 0.14\n", "10\tblue jay\n");
    assertEquals(
        List.of(query("10", "blue jay", Map.of("GX029-35-5894638", 2.0))), judgments.queries());
  }

  @Test
  public void trecsQrelsWithTopicsOfALineEach() throws IOException {
    Judgments judgments =
        read("301 0 FBIS3-1 1\n301 0 FBIS3-2 -2\n", "301\tInternational crime\n302\tPolio\n");
    assertEquals(
        List.of(query("301", "International crime", Map.of("FBIS3-1", 1.0, "FBIS3-2", -2.0))),
        judgments.queries());
    assertEquals(
        List.of("1 queries have a text and no judgments; they are left out"), judgments.remarks());
  }

  @Test
  public void trecsQrelsWithTrecsTopics() throws IOException {
    Judgments judgments =
        read(
            "301 0 A 1\n302 0 B 1\n",
            """
            <top>
            <num> Number: 301
            <title> International Organized Crime

            <desc> Description:
            Identify organizations that participate
            </top>
            <top>
            <num> Number: 302 </num>
            <title>
            Poliomyelitis and Post-Polio
            </title>
            </top>
            """);
    assertEquals(
        List.of("International Organized Crime", "Poliomyelitis and Post-Polio"),
        judgments.queries().stream().map(JudgedQuery::text).toList());
  }

  @Test
  public void quepidsRatings() throws IOException {
    Judgments judgments =
        read(
            "query,docid,rating\nstar wars,11,3.0\n\"war, cold\",12,0\nstar wars,13,\nno answers\n");
    assertEquals(
        List.of(
            query("1", "star wars", Map.of("11", 3.0)), query("2", "war, cold", Map.of("12", 0.0))),
        judgments.queries());
    assertEquals(List.of(), problems);
  }

  @Test
  public void quepidsOlderHeaderInAnotherOrder() throws IOException {
    assertEquals(
        List.of(query("1", "rambo", Map.of("7555", 1.0))),
        read("Doc ID,\"Query Text\",Rating\r\n7555,rambo,1\r\n").queries());
  }

  @Test
  public void aTableMayNumberItsQueries() throws IOException {
    assertEquals(
        "65", read("qid,query,docid,grade\n65,the martian,286217,1\n").queries().get(0).id());
  }

  @Test
  public void aTableWithoutRatingsSaysWhichColumnIsMissing() throws IOException {
    read("query,docid\nrambo,7555\n");
    assertEquals(List.of("line 1: the header has no column 'rating'"), problems);
  }

  @Test
  public void aQuoteThatNothingClosesIsNamed() throws IOException {
    read("query,docid,rating\nrambo,7555,1\n\"rambo,7556,1\n");
    assertEquals(problems.toString(), 1, problems.size());
    assertTrue(problems.get(0), problems.get(0).startsWith("line 3: "));
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
            "line 3: the grade 'one' is no number",
            "line 4: no document id behind a #",
            "line 5: not like '1 qid:7 # 603': 'nonsense'",
            "line 6: the grade 'NaN' is no number"),
        problems);
    assertEquals(2, judgments.size());
  }

  @Test
  public void badQrelsAreNamed() throws IOException {
    read("1 0 A 1\n1 0 B\n1 0 C 1 more\n", "1\trambo\n");
    assertEquals(
        List.of(
            "line 2: not four columns, as '7 0 603 1': '1 0 B'",
            "line 3: not four columns, as '7 0 603 1': '1 0 C 1 more'"),
        problems);
  }

  @Test
  public void theSameJudgmentTwiceIsARemark() throws IOException {
    Judgments judgments = read("# qid:1: rambo*1\n1 qid:1 # 7\n1 qid:1 # 7\n");
    assertEquals(1, judgments.size());
    assertEquals(
        List.of("1 judgments are given more than once, with the same grade"), judgments.remarks());
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
    assertEquals(List.of("query 1 has no text: give it with --topics"), problems);
  }

  @Test
  public void byteOrderMarkAndCarriageReturnsAreNoPartOfAnything() throws IOException {
    assertEquals(
        List.of(query("1", "rambo", Map.of("7555", 1.0))),
        read("\uFEFF# qid:1: rambo*1\r\n1\tqid:1\t # 7555\trambo\r\n").queries());
    assertEquals(
        List.of(query("1", "rambo", Map.of("7555", 1.0))),
        read("\uFEFFquery,docid,rating\r\nrambo,7555,1\r\n").queries());
  }

  @Test
  public void textsOfAnyScript() throws IOException {
    Judgments judgments = read("query,docid,rating\n戦争 🎬,q1,1\nحرب,q2,1\n");
    assertEquals(
        List.of("戦争 🎬", "حرب"), judgments.queries().stream().map(JudgedQuery::text).toList());
  }

  @Test
  public void aLineOfAMegabyteIsReadAndNotQuotedInFull() throws IOException {
    String text = "x".repeat(1 << 20);
    assertEquals(text, read("1 qid:1 # 7 " + text + "\n").queries().get(0).text());
    read("# qid:1: a*1\n" + text + "\n");
    assertTrue(problems.get(0).length() < 200);
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
    assertTrue(refused.getMessage(), refused.getMessage().endsWith("ranklib, qrels, csv"));
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

  @Test
  public void aNamedFormatIsBelieved() throws IOException {
    new JudgmentsReader(Optional.of(JudgmentFormat.QRELS), Optional.empty())
        .read(file("1 qid:1 # 7 rambo\n"), problems::add);
    assertEquals(1, problems.size());
  }
}
