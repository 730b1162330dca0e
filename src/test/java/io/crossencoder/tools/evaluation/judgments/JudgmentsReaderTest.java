// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.evaluation.judgments;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.Test;

/** Valid and invalid files of judgments. */
public final class JudgmentsReaderTest extends JudgmentsTestCase {

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
        List.of("1 queries have a text but no judgments; ignoring them"), judgments.remarks());
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
  public void spacesAroundTheValuesOfATableAreIgnored() throws IOException {
    assertEquals(
        List.of(query("1", "star wars", Map.of("11", 3.0))),
        read("query, docid, rating\n\"star wars\" , \"11\", 3\n").queries());
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
  public void theSameJudgmentTwiceIsARemark() throws IOException {
    Judgments judgments = read("# qid:1: rambo*1\n1 qid:1 # 7\n1 qid:1 # 7\n");
    assertEquals(1, judgments.size());
    assertEquals(
        List.of("1 judgments appear more than once with the same grade"), judgments.remarks());
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
  public void aNamedFormatIsBelieved() throws IOException {
    new JudgmentsReader(Optional.of(JudgmentFormat.QRELS), Optional.empty())
        .read(file("1 qid:1 # 7 rambo\n"), problems::add);
    assertEquals(1, problems.size());
  }
}
