// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.lucene;

import java.io.IOException;
import java.text.ParseException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.lucene.expressions.Expression;
import org.apache.lucene.expressions.js.JavascriptCompiler;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.search.DoubleValues;
import org.apache.lucene.search.DoubleValuesSource;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;

/**
 * A formula over {@code ce} (the logit), {@code ceProb} (its sigmoid), {@code score} (the first
 * pass) and numeric fields, as {@code ce + 0.3*ln(1+popularity) + 0.05*score}, in the language of
 * Lucene's expressions. A document without the field counts as 0.
 *
 * <p>Equal if the formula and the fields' sources are.
 */
public final class ExpressionBlend implements ScoreBlend {

  private final Expression expression;
  private final List<DoubleValuesSource> sources;

  private ExpressionBlend(Expression expression, List<DoubleValuesSource> sources) {
    this.expression = expression;
    this.sources = sources;
  }

  /**
   * Compiles a formula.
   *
   * @param fieldOf the values of a field, for each name that is none of the three
   * @throws ParseException if the formula is none; the offset is where
   * @throws IllegalArgumentException what {@code fieldOf} throws of a name
   */
  public static ExpressionBlend compile(
      String formula, Function<String, DoubleValuesSource> fieldOf) throws ParseException {
    Expression expression = JavascriptCompiler.compile(formula);
    return new ExpressionBlend(
        expression,
        Arrays.stream(expression.variables)
            .filter(name -> !Given.NAMES.contains(name))
            .map(fieldOf)
            .toList());
  }

  @Override
  public float[] blend(IndexSearcher searcher, ScoreDoc[] hits, float[] logits) throws IOException {
    float[] scores = new float[hits.length];
    List<LeafReaderContext> leaves = searcher.getIndexReader().leaves();
    Given given = new Given();
    LeafReaderContext leaf = null;
    DoubleValues[] values = null;
    // In the order of the index: values of a leaf are read forwards.
    int[] places =
        IntStream.range(0, hits.length)
            .boxed()
            .sorted(Comparator.comparingInt(place -> hits[place].doc))
            .mapToInt(Integer::intValue)
            .toArray();
    for (int place : places) {
      int doc = hits[place].doc;
      LeafReaderContext own = leaves.get(ReaderUtil.subIndex(doc, leaves));
      if (own != leaf) {
        leaf = own;
        values = given.with(sources, leaf, expression.variables);
      }
      given.set(hits[place].score, logits[place]);
      for (DoubleValues value : values) {
        value.advanceExact(doc - leaf.docBase);
      }
      scores[place] = (float) expression.evaluate(values);
    }
    return scores;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ExpressionBlend that
        && expression.sourceText.equals(that.expression.sourceText)
        && sources.equals(that.sources);
  }

  @Override
  public int hashCode() {
    return 31 * expression.sourceText.hashCode() + sources.hashCode();
  }

  @Override
  public String toString() {
    return expression.sourceText;
  }

  /** The values that come with a candidate, not from its fields. */
  private static final class Given {

    private static final List<String> NAMES = List.of("ce", "ceProb", "score");

    private double logit;
    private double score;

    void set(float firstPassScore, float logit) {
      this.score = firstPassScore;
      this.logit = logit;
    }

    /** All variables in the order in which the expression wants them. */
    DoubleValues[] with(
        List<DoubleValuesSource> sources, LeafReaderContext leaf, String[] variables)
        throws IOException {
      DoubleValues[] values = new DoubleValues[variables.length];
      int next = 0;
      for (int i = 0; i < variables.length; i++) {
        values[i] =
            switch (variables[i]) {
              case "ce" -> value(() -> logit);
              case "ceProb" -> value(() -> 1 / (1 + Math.exp(-logit)));
              case "score" -> value(() -> score);
              default -> DoubleValues.withDefault(sources.get(next++).getValues(leaf, null), 0);
            };
      }
      return values;
    }

    private static DoubleValues value(DoubleSupplier supplier) {
      return new DoubleValues() {
        @Override
        public double doubleValue() {
          return supplier.getAsDouble();
        }

        @Override
        public boolean advanceExact(int doc) {
          return true;
        }
      };
    }
  }
}
