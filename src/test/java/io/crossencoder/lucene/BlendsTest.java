// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.lucene;

import io.crossencoder.lucene.OperatorBlend.Operator;
import io.crossencoder.model.ModelSpec;
import java.io.IOException;
import java.text.ParseException;
import java.util.Arrays;
import java.util.Collections;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.search.DoubleValuesSource;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.store.Directory;
import org.apache.lucene.tests.index.RandomIndexWriter;
import org.apache.lucene.tests.util.LuceneTestCase;
import org.junit.Test;

/** Final scores from logits, first-pass scores and fields. */
public class BlendsTest extends LuceneTestCase {

  private static final ModelSpec MODEL = new FakeEncoder(passage -> 0).spec();
  private static final float[] FIRST_PASS = {10, 2, 0};
  private static final float[] LOGITS = {-4, 0, 3};

  private static double[] blend(ScoreBlend blend) throws IOException {
    return blend.blend(MODEL, FIRST_PASS, new double[3][0], LOGITS);
  }

  private static ExpressionBlend formula(String formula) throws ParseException {
    return ExpressionBlend.compile(formula, DoubleValuesSource::fromLongField);
  }

  @Test
  public void theLogitAloneIsTheStandard() throws IOException {
    assertArrayEquals(new double[] {-4, 0, 3}, blend(ScoreBlend.LOGIT), 0);
  }

  @Test
  public void operatorsAreThoseOfSolr() throws IOException {
    assertArrayEquals(new double[] {2, 2, 6}, blend(new OperatorBlend(Operator.ADD, 2)), 0);
    assertArrayEquals(new double[] {-80, 0, 0}, blend(new OperatorBlend(Operator.MULTIPLY, 2)), 0);
    assertArrayEquals(new double[] {-8, 0, 6}, blend(new OperatorBlend(Operator.REPLACE, 2)), 0);
  }

  @Test
  public void aFormulaKnowsLogitProbabilityAndFirstPass() throws Exception {
    assertArrayEquals(new double[] {-3, 0.2, 3}, blend(formula("ce + 0.1*score")), 1e-6);
    assertArrayEquals(
        new double[] {1 / (1 + Math.exp(4)), 0.5, 1 / (1 + Math.exp(-3))},
        blend(formula("ceProb")),
        1e-6);
    assertArrayEquals(new double[] {7, 7, 7}, blend(formula("7")), 0);
  }

  @Test
  public void aHitWithoutALogitHarmsNoOther() throws Exception {
    double[] scores =
        formula("ce + score")
            .blend(MODEL, new float[] {1, 2}, new double[2][0], new float[] {Float.NaN, 5});
    assertEquals(7, scores[1], 0);
  }

  /** Fields of hits in any order, over several segments, some without a value. */
  @Test
  public void fieldsAreThoseOfTheHitAndZeroWhereItHasNone() throws Exception {
    try (Directory directory = newDirectory();
        RandomIndexWriter writer = new RandomIndexWriter(random(), directory)) {
      for (int i = 0; i < 200; i++) {
        Document document = new Document();
        document.add(new StoredField("number", i));
        if (i % 3 != 0) {
          document.add(new NumericDocValuesField("votes", i));
        }
        document.add(new NumericDocValuesField("year", 1900 + i));
        writer.addDocument(document);
        if (rarely()) {
          writer.commit();
        }
      }
      try (DirectoryReader reader = writer.getReader()) {
        IndexSearcher searcher = newSearcher(reader);
        Integer[] docs = IntStream.range(0, 200).boxed().toArray(Integer[]::new);
        Collections.shuffle(Arrays.asList(docs), random());
        ScoreDoc[] hits =
            Arrays.stream(docs).map(doc -> new ScoreDoc(doc, 1)).toArray(ScoreDoc[]::new);
        float[] logits = new float[200];
        float[] firstPass = new float[200];
        Random random = random();
        for (int i = 0; i < 200; i++) {
          logits[i] = random.nextFloat() * 20 - 10;
          firstPass[i] = random.nextFloat() * 30;
        }
        ExpressionBlend blend = formula("year + 2*votes + ce + 10*score");
        double[] scores = blend.blend(MODEL, firstPass, blend.fields(searcher, hits), logits);
        for (int i = 0; i < 200; i++) {
          int number =
              reader.storedFields().document(docs[i]).getField("number").numericValue().intValue();
          double votes = number % 3 == 0 ? 0 : number;
          double expected = 1900 + number + 2 * votes + logits[i] + 10.0 * firstPass[i];
          assertEquals(expected, scores[i], 1e-3);
        }
      }
    }
  }

  @Test
  public void whatIsNoFormulaIsRefusedWithThePlace() {
    ParseException e = expectThrows(ParseException.class, () -> formula("ce + * 2"));
    assertEquals(5, e.getErrorOffset());
    expectThrows(ParseException.class, () -> formula("ce +"));
    expectThrows(
        IllegalArgumentException.class,
        () ->
            ExpressionBlend.compile(
                "ce + nope",
                name -> {
                  throw new IllegalArgumentException(name);
                }));
  }

  @Test
  public void equalFormulasOverEqualFieldsAreEqual() throws Exception {
    assertEquals(formula("ce + votes"), formula("ce + votes"));
    assertEquals(formula("ce + votes").hashCode(), formula("ce + votes").hashCode());
    assertNotEquals(formula("ce + votes"), formula("ce + year"));
    assertNotEquals(
        formula("ce + votes"),
        ExpressionBlend.compile("ce + votes", DoubleValuesSource::fromFloatField));
    assertEquals(new OperatorBlend(Operator.ADD, 2), new OperatorBlend(Operator.ADD, 2));
    assertNotEquals(new OperatorBlend(Operator.ADD, 2), new OperatorBlend(Operator.ADD, 2.5f));
  }

  @Test
  public void theFormulaIsWhatIsShown() throws Exception {
    assertEquals("ce + votes", formula("ce + votes").toString());
    assertEquals("score + 2.0*ce", new OperatorBlend(Operator.ADD, 2).toString());
    assertEquals("ce", ScoreBlend.LOGIT.toString());
  }
}
