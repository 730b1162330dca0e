// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.lucene;

import io.crossencoder.lucene.OperatorBlend.Operator;
import io.crossencoder.model.CrossEncoder;
import io.crossencoder.model.Deadline;
import io.crossencoder.model.Passage;
import io.crossencoder.model.PassageScorer;
import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.NoMergePolicy;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.Explanation;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.search.TopFieldDocs;
import org.apache.lucene.search.TotalHits;
import org.apache.lucene.store.AlreadyClosedException;
import org.apache.lucene.store.Directory;
import org.apache.lucene.tests.util.LuceneTestCase;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;

/** The contract of Lucene's Rescorer at its edges, in an index of several segments. */
public class RescorerContractTest extends LuceneTestCase {

  private static final PassageReader TEXT = new PassageReader(List.of("text"));

  private final FakeEncoder encoder = new FakeEncoder(Double::parseDouble);
  private final CrossEncoderRescorer rescorer = new CrossEncoderRescorer(encoder, "query", TEXT);
  private Directory directory;
  private DirectoryReader reader;
  private IndexSearcher searcher;

  /** Documents 0 to 5 with the logits 0 to 5; 3 is deleted, and 6 has no text. */
  @Before
  public void index() throws IOException {
    directory = newDirectory();
    try (IndexWriter writer =
        new IndexWriter(directory, newIndexWriterConfig().setMergePolicy(NoMergePolicy.INSTANCE))) {
      for (int i = 0; i < 7; i++) {
        Document document = new Document();
        document.add(new StringField("id", "" + i, Field.Store.NO));
        document.add(new NumericDocValuesField("rank", i));
        if (i < 6) {
          document.add(new StoredField("text", "" + i));
        }
        writer.addDocument(document);
        writer.commit();
      }
      writer.deleteDocuments(new Term("id", "3"));
    }
    reader = DirectoryReader.open(directory);
    searcher = new IndexSearcher(reader);
  }

  @After
  public void close() throws IOException {
    reader.close();
    directory.close();
  }

  private static int[] docs(TopDocs hits) {
    return Arrays.stream(hits.scoreDocs).mapToInt(hit -> hit.doc).toArray();
  }

  private static TopDocs hits(ScoreDoc... hits) {
    return new TopDocs(new TotalHits(hits.length, TotalHits.Relation.EQUAL_TO), hits);
  }

  @Test
  public void hitsOfSeveralSegmentsAreReadWithoutDeletedDocuments() throws IOException {
    TopDocs firstPass = searcher.search(new MatchAllDocsQuery(), 10);
    assertEquals(6, reader.leaves().size());
    assertArrayEquals(
        new int[] {4, 3, 2, 1, 0, 5}, docs(rescorer.rescore(searcher, firstPass, 10)));
    assertEquals("the document without a text is not scored", 5, encoder.asked().size());
  }

  @Test
  public void moreThanThereIsAndNothingAreValidNumbersOfHits() throws IOException {
    TopDocs firstPass = hits(new ScoreDoc(1, 2), new ScoreDoc(2, 1));
    assertEquals(2, rescorer.rescore(searcher, firstPass, Integer.MAX_VALUE).scoreDocs.length);
    assertEquals(0, rescorer.rescore(searcher, firstPass, 0).scoreDocs.length);
    assertEquals(0, rescorer.rescore(searcher, hits(), 10).scoreDocs.length);
  }

  @Test
  public void aNegativeNumberOfHitsIsRefusedBeforeTheModelRuns() {
    TopDocs firstPass = hits(new ScoreDoc(1, 2));
    IllegalArgumentException refused =
        expectThrows(
            IllegalArgumentException.class, () -> rescorer.rescore(searcher, firstPass, -1));
    assertEquals("topN must not be negative: -1", refused.getMessage());
    assertEquals(List.of(), encoder.asked());
  }

  @Test
  public void hitsSortedByAFieldHaveNoScoreAndAreReranked() throws IOException {
    TopFieldDocs sorted =
        searcher.search(
            new MatchAllDocsQuery(), 10, new Sort(new SortField("rank", SortField.Type.LONG)));
    assertTrue(Float.isNaN(sorted.scoreDocs[0].score));
    TopDocs reranked = rescorer.rescore(searcher, sorted, 10);
    assertArrayEquals(new int[] {4, 3, 2, 1, 0, 5}, docs(reranked));
    for (ScoreDoc hit : reranked.scoreDocs) {
      assertTrue("" + hit, Float.isFinite(hit.score));
    }
  }

  @Test
  public void firstPassScoresThatAreNoNumbersGiveFiniteScores() throws IOException {
    CrossEncoderRescorer sum =
        new CrossEncoderRescorer(
            new PassageScorer(encoder, "query", Optional.empty()),
            TEXT,
            new OperatorBlend(Operator.ADD, 1));
    TopDocs firstPass =
        hits(
            new ScoreDoc(0, Float.NaN),
            new ScoreDoc(1, Float.NEGATIVE_INFINITY),
            new ScoreDoc(2, Float.POSITIVE_INFINITY),
            new ScoreDoc(3, 1));
    TopDocs reranked = sum.rescore(searcher, firstPass, 10);
    assertArrayEquals(new int[] {2, 3, 0, 1}, docs(reranked));
    for (ScoreDoc hit : reranked.scoreDocs) {
      assertTrue("" + hit, Float.isFinite(hit.score));
    }
  }

  @Test
  public void aDocumentWithoutATextIsExplained() throws IOException {
    Explanation explained = rescorer.explain(searcher, Explanation.match(1.5f, "bm25"), 5);
    assertEquals(TailScores.of(1.5f), explained.getValue());
    assertTrue(explained.toString(), explained.toString().contains("not scored by"));
    Explanation none = Explanation.noMatch("nothing");
    assertSame(none, rescorer.explain(searcher, none, 0));
  }

  @Test
  public void aClosedReaderIsReported() throws IOException {
    TopDocs firstPass = hits(new ScoreDoc(1, 2));
    reader.close();
    expectThrows(AlreadyClosedException.class, () -> rescorer.rescore(searcher, firstPass, 1));
  }

  @Test
  public void missingArgumentsAreNamedByTheConstructors() {
    CrossEncoder none = null;
    assertEquals("encoder", refused(() -> new CrossEncoderRescorer(none, "query", TEXT)));
    assertEquals("query", refused(() -> new CrossEncoderRescorer(encoder, null, TEXT)));
    assertEquals("passages", refused(() -> new CrossEncoderRescorer(encoder, "query", null)));
    PassageScorer scorer = new PassageScorer(encoder, "query", Optional.empty());
    assertEquals("blend", refused(() -> new CrossEncoderRescorer(scorer, TEXT, null)));
  }

  private static String refused(ThrowingRunnable constructor) {
    return expectThrows(NullPointerException.class, constructor).getMessage();
  }

  @Test
  public void impossibleValuesAreRefusedByTheConstructors() {
    expectThrows(IllegalArgumentException.class, () -> new PassageReader(List.of()));
    expectThrows(
        IllegalArgumentException.class,
        () -> new PassageReader(List.of("text"), Optional.of("keywords")));
    expectThrows(
        IllegalArgumentException.class, () -> new PassageScorer(encoder, "query", Optional.of(0)));
  }

  @Test
  public void inputOfOtherCandidatesIsRefused() {
    RescoreInput input = new RescoreInput(List.of(new Passage("", "1")), new double[1][0]);
    ScoreDoc[] two = {new ScoreDoc(0, 2), new ScoreDoc(1, 1)};
    IllegalArgumentException refused =
        expectThrows(
            IllegalArgumentException.class,
            () -> rescorer.rescore(two, input, Deadline.NONE, Comparator.comparing(hit -> 0)));
    assertEquals("2 candidates, but 1 passages and 1 rows of fields", refused.getMessage());
  }
}
