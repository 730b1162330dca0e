// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.lucene;

import io.crossencoder.model.ModelSpec;
import java.io.IOException;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
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
 * A formula in the language of Lucene's expressions, such as {@code ce + 0.3*ln(1+popularity) +
 * 0.05*score}. Its variables are {@code ce} (the logit), {@code ceProb} (the logit as a
 * probability), {@code score} (the first-pass score) and numeric fields. A field without a value is
 * 0.
 *
 * <p>Two blends are equal if their formulas and field sources are. Thread-safe if these sources
 * are.
 */
public final class ExpressionBlend implements ScoreBlend {

  private static final List<String> NAMES = List.of("ce", "ceProb", "score");

  private final Expression expression;
  private final List<DoubleValuesSource> sources;

  private ExpressionBlend(Expression expression, List<DoubleValuesSource> sources) {
    this.expression = expression;
    this.sources = sources;
  }

  /**
   * Compiles a formula.
   *
   * @param formula in the language of {@link JavascriptCompiler}
   * @param fieldOf called once per field name; returns the source of its values
   * @return the blend; its {@code toString} is the formula
   * @throws ParseException if the formula has an error; the offset is its position
   * @throws IllegalArgumentException if {@code fieldOf} throws it for an unknown name
   */
  public static ExpressionBlend compile(
      String formula, Function<String, DoubleValuesSource> fieldOf) throws ParseException {
    Expression expression = JavascriptCompiler.compile(formula);
    return new ExpressionBlend(expression, names(expression).stream().map(fieldOf).toList());
  }

  private static List<String> names(Expression expression) {
    return Arrays.stream(expression.variables).filter(name -> !NAMES.contains(name)).toList();
  }

  @Override
  public List<String> names() {
    return names(expression);
  }

  @Override
  public double[][] fields(IndexSearcher searcher, ScoreDoc[] hits) throws IOException {
    double[][] rows = new double[hits.length][sources.size()];
    if (sources.isEmpty()) {
      return rows;
    }
    List<LeafReaderContext> leaves = searcher.getIndexReader().leaves();
    List<DoubleValuesSource> ofIndex = new ArrayList<>(sources.size());
    for (DoubleValuesSource source : sources) {
      ofIndex.add(source.rewrite(searcher));
    }
    LeafReaderContext leaf = null;
    List<DoubleValues> values = new ArrayList<>(sources.size());
    // In index order, because the values of a segment can only be read forward.
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
        values.clear();
        for (DoubleValuesSource source : ofIndex) {
          values.add(source.getValues(leaf, null));
        }
      }
      for (int i = 0; i < rows[place].length; i++) {
        DoubleValues value = values.get(i);
        rows[place][i] = value.advanceExact(doc - leaf.docBase) ? value.doubleValue() : 0;
      }
    }
    return rows;
  }

  @Override
  public double[] blend(ModelSpec model, float[] firstPass, double[][] fields, float[] logits)
      throws IOException {
    double[] scores = new double[logits.length];
    Given[] given = new Given[expression.variables.length];
    int next = 0;
    for (int i = 0; i < given.length; i++) {
      String name = expression.variables[i];
      given[i] = new Given(name, NAMES.contains(name) ? -1 : next++);
    }
    for (int i = 0; i < scores.length; i++) {
      for (Given variable : given) {
        variable.set(model, firstPass[i], fields[i], logits[i]);
      }
      scores[i] = expression.evaluate(given);
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

  /** A variable whose value is set for one candidate at a time. */
  private static final class Given extends DoubleValues {

    private final String name;
    private final int field;
    private double value;

    Given(String name, int field) {
      this.name = name;
      this.field = field;
    }

    void set(ModelSpec model, float firstPass, double[] fields, float logit) {
      value =
          switch (name) {
            case "ce" -> logit;
            case "ceProb" -> model.probability(logit);
            case "score" -> firstPass;
            default -> fields[field];
          };
    }

    @Override
    public double doubleValue() {
      return value;
    }

    @Override
    public boolean advanceExact(int doc) {
      return true;
    }
  }
}
