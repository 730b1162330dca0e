// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.lucene;

import static io.crossencoder.lucene.PassageReaderTest.field;

import io.crossencoder.model.Deadline;
import io.crossencoder.model.Passage;
import io.crossencoder.model.Windows;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.store.Directory;
import org.apache.lucene.tests.index.RandomIndexWriter;
import org.apache.lucene.tests.util.LuceneTestCase;
import org.junit.Test;

/** The amount of text that is read per document. */
public class PassageLimitTest extends LuceneTestCase {

  /** The passages of documents. */
  private static List<Passage> read(
      Consumer<Document> fill, int documents, int limit, Deadline deadline, String... fields)
      throws IOException {
    return read(
        fill, documents, Optional.empty(), new PassageLimit(limit, 1), deadline, List.of(fields));
  }

  /** The texts of one document by the values of a field, and whether there were more. */
  private static Windows byValue(
      Consumer<Document> fill, String valueField, PassageLimit limit, String... fields)
      throws IOException {
    return read(fill, 1, Optional.of(valueField), limit, Deadline.NONE, List.of(fields))
        .get(0)
        .values()
        .get();
  }

  private static List<Passage> read(
      Consumer<Document> fill,
      int documents,
      Optional<String> byValue,
      PassageLimit limit,
      Deadline deadline,
      List<String> fields)
      throws IOException {
    try (Directory directory = newDirectory();
        RandomIndexWriter writer = new RandomIndexWriter(random(), directory)) {
      for (int i = 0; i < documents; i++) {
        Document document = new Document();
        fill.accept(document);
        writer.addDocument(document);
      }
      try (DirectoryReader reader = writer.getReader()) {
        int[] docs = IntStream.range(0, documents).toArray();
        return new PassageReader(fields).read(reader, docs, byValue, limit, deadline);
      }
    }
  }

  @Test
  public void ofALongTextOnlyTheBeginningIsKept() throws IOException {
    String rocket = "\uD83D\uDE80";
    Consumer<Document> film =
        document -> {
          document.add(field("title", "t".repeat(5_000)));
          document.add(field("overview", "abc" + rocket + "d".repeat(3_000_000)));
          for (int i = 0; i < 20_000; i++) {
            document.add(field("keywords", "value " + i));
          }
        };
    Passage passage = read(film, 1, 4, Deadline.NONE, "title", "overview", "keywords").get(0);
    assertEquals("tttt", passage.title());
    assertEquals("no half of a character", "abc" + rocket + "\n\nvalu", passage.text());
    String keywords = read(film, 1, 20, Deadline.NONE, "keywords").get(0).text();
    assertEquals("value 0, value 1, va", keywords);
  }

  @Test
  public void eachValueIsReadAsIfItWereTheOnlyOneOfItsField() throws IOException {
    Consumer<Document> film =
        document -> {
          document.add(field("part", "The river."));
          document.add(field("keywords", "war"));
          document.add(field("title", "Apocalypse Now"));
          document.add(field("part", " "));
          document.add(field("keywords", "jungle"));
          document.add(field("part", "The river."));
          document.add(field("part", "The colonel."));
        };
    PassageLimit limit = new PassageLimit(100, 8);
    assertEquals(
        "equal ones once, blank ones not",
        new Windows(
            List.of(
                "Apocalypse Now\n\nThe river.\n\nwar, jungle",
                "Apocalypse Now\n\nThe colonel.\n\nwar, jungle"),
            false),
        byValue(film, "part", limit, "title", "part", "keywords"));
    assertEquals(
        new Windows(List.of("The river.", "The colonel."), false),
        byValue(film, "part", limit, "part"));
    assertEquals(
        "no value of the field",
        new Windows(List.of("Apocalypse Now"), false),
        byValue(film, "tagline", limit, "title", "tagline"));
    assertEquals(
        "nothing to read",
        new Windows(List.of(), false),
        byValue(film, "tagline", limit, "tagline"));
  }

  @Test
  public void ofManyAndOfLongValuesNoMoreIsKeptThanIsRead() throws IOException {
    Consumer<Document> film =
        document -> {
          document.add(field("title", "t".repeat(5_000)));
          for (int i = 0; i < 20_000; i++) {
            document.add(field("part", i + "p".repeat(200)));
          }
        };
    assertEquals(
        new Windows(List.of("tttt\n\n0ppp", "tttt\n\n1ppp", "tttt\n\n2ppp"), true),
        byValue(film, "part", new PassageLimit(4, 3), "title", "part"));
    Consumer<Document> equal =
        document -> {
          for (int i = 0; i < 20_000; i++) {
            document.add(field("part", i < 15_000 ? "the same" : "another"));
          }
        };
    assertEquals(
        "nobody reads thousands of equal ones to see what is behind",
        new Windows(List.of("the same"), true),
        byValue(equal, "part", new PassageLimit(100, 3), "part"));
    Consumer<Document> two =
        document -> List.of("a", "b", "a").forEach(part -> document.add(field("part", part)));
    assertEquals(
        "no third one",
        new Windows(List.of("a", "b"), false),
        byValue(two, "part", new PassageLimit(100, 2), "part"));
  }

  @Test
  public void whatThereIsNoTimeForIsNotRead() throws IOException {
    List<Passage> none =
        read(film -> film.add(field("title", "Up")), 3, 10, Deadline.in(Duration.ZERO), "title");
    assertEquals(Arrays.asList(null, null, null), none);
  }
}
