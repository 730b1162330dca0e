// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.lucene;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.search.Explanation;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.search.TotalHits;
import org.apache.lucene.store.Directory;
import org.apache.lucene.tests.index.RandomIndexWriter;
import org.apache.lucene.tests.util.LuceneTestCase;
import org.junit.AfterClass;
import org.junit.BeforeClass;
import org.junit.Test;

/** The rescorer returns the same documents in the order of the model. */
public class CrossEncoderRescorerTest extends LuceneTestCase {

  private static final int DOCUMENTS = 60;

  private static Directory directory;
  private static IndexReader reader;
  private static IndexSearcher searcher;

  /** The only text of each document is a number, its logit. */
  @BeforeClass
  public static void index() throws IOException {
    directory = newDirectory();
    try (RandomIndexWriter writer = new RandomIndexWriter(random(), directory)) {
      List<Integer> numbers = new ArrayList<>();
      IntStream.range(0, DOCUMENTS).forEach(numbers::add);
      Collections.shuffle(numbers, random());
      for (int number : numbers) {
        Document document = new Document();
        document.add(new StoredField("text", String.valueOf(number - 30)));
        writer.addDocument(document);
      }
      reader = writer.getReader();
    }
    searcher = newSearcher(reader);
  }

  @AfterClass
  public static void close() throws IOException {
    reader.close();
    directory.close();
    reader = null;
    directory = null;
    searcher = null;
  }

  /** Some documents in any order, with decreasing scores. */
  private static TopDocs firstPass(int size) {
    List<Integer> docs = new ArrayList<>();
    IntStream.range(0, DOCUMENTS).forEach(docs::add);
    Collections.shuffle(docs, random());
    ScoreDoc[] hits =
        IntStream.range(0, size)
            .mapToObj(rank -> new ScoreDoc(docs.get(rank), 100 - rank, rank % 3))
            .toArray(ScoreDoc[]::new);
    return new TopDocs(new TotalHits(1000, TotalHits.Relation.GREATER_THAN_OR_EQUAL_TO), hits);
  }

  private static CrossEncoderRescorer rescorer(ToDoubleFunction<String> logitOf) {
    return new CrossEncoderRescorer(
        new FakeEncoder(logitOf), "query", new PassageReader(List.of("text")));
  }

  private static float number(ScoreDoc hit) {
    try {
      return Float.parseFloat(reader.storedFields().document(hit.doc).get("text"));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static int[] docs(ScoreDoc[] hits) {
    return Arrays.stream(hits).mapToInt(hit -> hit.doc).toArray();
  }

  @Test
  public void theHitsComeInTheOrderOfTheModelWithItsLogitsAsScores() throws IOException {
    for (int size : new int[] {1, 2, 10, DOCUMENTS}) {
      TopDocs firstPass = firstPass(size);
      TopDocs reranked = rescorer(Double::parseDouble).rescore(searcher, firstPass, size);
      int[] expected =
          Arrays.stream(firstPass.scoreDocs)
              .sorted(Comparator.comparing(CrossEncoderRescorerTest::number).reversed())
              .mapToInt(hit -> hit.doc)
              .toArray();
      assertArrayEquals(expected, docs(reranked.scoreDocs));
      for (ScoreDoc hit : reranked.scoreDocs) {
        assertEquals(number(hit), hit.score, 0);
      }
      assertEquals(firstPass.totalHits, reranked.totalHits);
    }
  }

  @Test
  public void hitsThatScoreAlikeKeepTheOrderOfTheFirstPass() throws IOException {
    TopDocs firstPass = firstPass(20);
    TopDocs reranked = rescorer(text -> 1).rescore(searcher, firstPass, 20);
    assertArrayEquals(docs(firstPass.scoreDocs), docs(reranked.scoreDocs));
  }

  @Test
  public void hitsWithoutALogitFollowAsATailInTheOrderOfTheFirstPass() throws IOException {
    TopDocs firstPass = firstPass(30);
    ToDoubleFunction<String> odd =
        text -> Integer.parseInt(text) % 2 == 0 ? Double.NaN : Double.parseDouble(text);
    ScoreDoc[] reranked = rescorer(odd).rescore(searcher, firstPass, 30).scoreDocs;
    int[] unscored =
        Arrays.stream(firstPass.scoreDocs)
            .filter(hit -> number(hit) % 2 == 0)
            .mapToInt(hit -> hit.doc)
            .toArray();
    int scored = 30 - unscored.length;
    assertArrayEquals(unscored, docs(Arrays.copyOfRange(reranked, scored, 30)));
    for (int i = 1; i < 30; i++) {
      assertTrue(reranked[i - 1].score >= reranked[i].score);
      assertEquals(i >= scored, reranked[i].score < TailScores.FLOOR);
    }
  }

  @Test
  public void topNCutsTheResultAndNotWhatIsRescored() throws IOException {
    TopDocs firstPass = firstPass(40);
    CrossEncoderRescorer rescorer = rescorer(Double::parseDouble);
    ScoreDoc[] all = rescorer.rescore(searcher, firstPass, 40).scoreDocs;
    ScoreDoc[] best = rescorer.rescore(searcher, firstPass, 5).scoreDocs;
    assertArrayEquals(Arrays.copyOf(docs(all), 5), docs(best));
    assertEquals(40, rescorer.rescore(searcher, firstPass, 1000).scoreDocs.length);
    assertEquals(0, rescorer.rescore(searcher, firstPass, 0).scoreDocs.length);
  }

  @Test
  public void theFirstPassIsLeftAsItIs() throws IOException {
    TopDocs firstPass = firstPass(25);
    ScoreDoc[] hits = firstPass.scoreDocs.clone();
    List<String> before = Arrays.stream(hits).map(ScoreDoc::toString).toList();
    ScoreDoc[] reranked = rescorer(Double::parseDouble).rescore(searcher, firstPass, 25).scoreDocs;
    assertArrayEquals(hits, firstPass.scoreDocs);
    assertEquals(before, Arrays.stream(hits).map(ScoreDoc::toString).toList());
    assertEquals(
        before.stream().map(hit -> hit.replaceAll(" score=\\S+", "")).sorted().toList(),
        Arrays.stream(reranked)
            .map(hit -> hit.toString().replaceAll(" score=\\S+", ""))
            .sorted()
            .toList());
  }

  @Test
  public void ofNoHitsNoneAreLeft() throws IOException {
    assertEquals(0, rescorer(text -> 1).rescore(searcher, firstPass(0), 10).scoreDocs.length);
  }

  @Test
  public void anExplanationHasTheLogitAndTheFirstPass() throws IOException {
    ScoreDoc hit = firstPass(1).scoreDocs[0];
    Explanation explanation =
        rescorer(Double::parseDouble).explain(searcher, Explanation.match(7, "bm25"), hit.doc);
    assertEquals(number(hit), explanation.getValue().floatValue(), 0);
    for (String part : List.of("cross-encoder fake", "logit", "first-pass score", "bm25")) {
      assertTrue(explanation.toString(), explanation.toString().contains(part));
    }
  }
}
