// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.lucene;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.search.TotalHits;
import org.apache.lucene.store.Directory;
import org.apache.lucene.tests.index.RandomIndexWriter;
import org.apache.lucene.tests.util.LuceneTestCase;
import org.junit.Test;

/** The texts of documents for the model. */
public class PassageReaderTest extends LuceneTestCase {

  /** The texts for the model, in this order. */
  private static List<String> passages(IndexReader reader, List<Integer> docs, String... fields)
      throws IOException {
    FakeEncoder model = new FakeEncoder(passage -> 0);
    ScoreDoc[] hits = docs.stream().map(doc -> new ScoreDoc(doc, 1)).toArray(ScoreDoc[]::new);
    TopDocs firstPass = new TopDocs(new TotalHits(hits.length, TotalHits.Relation.EQUAL_TO), hits);
    new CrossEncoderRescorer(model, "query", new PassageReader(List.of(fields)))
        .rescore(new IndexSearcher(reader), firstPass, hits.length);
    return model.asked();
  }

  /** The passage of one document. */
  private static String passage(Consumer<Document> fill, String... fields) throws IOException {
    return passages(fill, fields).get(0);
  }

  private static List<String> passages(Consumer<Document> fill, String... fields)
      throws IOException {
    Document document = new Document();
    fill.accept(document);
    try (Directory directory = newDirectory();
        RandomIndexWriter writer = new RandomIndexWriter(random(), directory)) {
      writer.addDocument(document);
      try (DirectoryReader reader = writer.getReader()) {
        return passages(reader, List.of(0), fields);
      }
    }
  }

  static StoredField field(String name, String value) {
    return new StoredField(name, value);
  }

  @Test
  public void theFieldsComeInTheOrderThatIsAskedForWithABlankLineBetween() throws IOException {
    Consumer<Document> film =
        document -> {
          document.add(field("overview", "A captain is sent up the river."));
          document.add(field("tagline", "not asked for"));
          document.add(field("title", "Apocalypse Now"));
        };
    assertEquals(
        "Apocalypse Now\n\nA captain is sent up the river.", passage(film, "title", "overview"));
    assertEquals(
        "A captain is sent up the river.\n\nApocalypse Now", passage(film, "overview", "title"));
  }

  @Test
  public void aFieldWithoutATextIsLeftOut() throws IOException {
    Consumer<Document> film =
        document -> {
          document.add(field("title", "Up"));
          document.add(field("tagline", " \n"));
        };
    assertEquals("Up", passage(film, "title", "overview"));
    assertEquals("Up", passage(film, "overview", "tagline", "title"));
    assertEquals("nothing to read is not asked", List.of(), passages(film, "overview", "tagline"));
  }

  @Test
  public void theValuesOfAFieldAreJoinedByACommaWhereverTheyStand() throws IOException {
    assertEquals(
        "war, jungle, river\n\nUp",
        passage(
            document -> {
              document.add(field("keywords", "war"));
              document.add(field("title", "Up"));
              document.add(field("keywords", "jungle"));
              document.add(field("keywords", ""));
              document.add(field("keywords", "river"));
            },
            "keywords",
            "title"));
  }

  @Test
  public void numbersAreTextsAndBytesAreNot() throws IOException {
    assertEquals(
        "1979\n\n8.4\n\n123456789012\n\n0.5",
        passage(
            document -> {
              document.add(new StoredField("year", 1979));
              document.add(new StoredField("vote", 8.4f));
              document.add(new StoredField("revenue", 123_456_789_012L));
              document.add(new StoredField("share", 0.5));
              document.add(new StoredField("image", new byte[] {1, 2}));
            },
            "year",
            "vote",
            "revenue",
            "share",
            "image"));
  }

  @Test
  public void everyHitGetsItsOwnPassageInWhateverOrderAndSegmentItIs() throws IOException {
    try (Directory directory = newDirectory();
        RandomIndexWriter writer = new RandomIndexWriter(random(), directory)) {
      for (int i = 0; i < 300; i++) {
        Document document = new Document();
        document.add(new StringField("id", "id" + i, Field.Store.YES));
        document.add(field("text", "text of id" + i));
        writer.addDocument(document);
        if (rarely()) {
          writer.commit();
        }
      }
      for (int i = 0; i < 300; i += 7) {
        writer.deleteDocuments(new Term("id", "id" + i));
      }
      try (DirectoryReader reader = writer.getReader()) {
        Map<Integer, String> ids = new HashMap<>();
        for (int doc = 0; doc < reader.maxDoc(); doc++) {
          ids.put(doc, reader.storedFields().document(doc).get("id"));
        }
        List<Integer> docs = new ArrayList<>(ids.keySet());
        Collections.shuffle(docs, random());
        assertEquals(
            docs.stream().map(doc -> ids.get(doc) + "\n\ntext of " + ids.get(doc)).toList(),
            passages(reader, docs, "id", "text"));
      }
    }
  }
}
