// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.parameters;

import static io.crossencoder.solr.parameters.RerankParameter.BLEND;
import static io.crossencoder.solr.parameters.RerankParameter.RE_RANK_OPERATOR;
import static io.crossencoder.solr.parameters.RerankParameter.RE_RANK_WEIGHT;

import io.crossencoder.lucene.ExpressionBlend;
import io.crossencoder.lucene.OperatorBlend;
import io.crossencoder.lucene.OperatorBlend.Operator;
import io.crossencoder.lucene.ScoreBlend;
import io.crossencoder.solr.fusion.ListValue;
import io.crossencoder.solr.options.Option;
import io.crossencoder.solr.options.ParameterValues;
import java.text.ParseException;
import java.util.function.Function;
import org.apache.lucene.search.DoubleValuesSource;
import org.apache.solr.common.params.SolrParams;
import org.apache.solr.schema.IndexSchema;
import org.apache.solr.schema.SchemaField;

/**
 * The parameters of the final score: {@code blend}, a formula, or {@code reRankOperator} and {@code
 * reRankWeight} as in Solr's own reranker. Without them, the final score is the logit.
 */
final class BlendParams {

  private static final int MAX_FORMULA_LENGTH = 1000;

  private BlendParams() {}

  /**
   * Parses the parameters.
   *
   * @param local parameters of the request, which replace both kinds of defaults
   * @param params the same with the defaults of {@code solrconfig.xml}
   */
  static ScoreBlend parse(SolrParams local, SolrParams params, IndexSchema schema) {
    boolean localOperator = given(RE_RANK_WEIGHT, local) || given(RE_RANK_OPERATOR, local);
    if (localOperator && given(BLEND, local)) {
      throw ParameterValues.bad(
          BLEND.key(),
          local.get(BLEND.key()),
          "cannot be combined with reRankWeight or reRankOperator");
    }
    if (given(BLEND, params) && !localOperator) {
      String formula = params.get(BLEND.key());
      return formula(formula, name -> field(formula, name, schema));
    }
    return operators(params);
  }

  /**
   * Checks the defaults except for field names. Also loads the classes of the compiler, so that the
   * first request is not slower.
   */
  static void checkDefaults(SolrParams defaults) {
    BLEND
        .in(defaults)
        .ifPresent(formula -> formula(formula, name -> DoubleValuesSource.constant(0)));
    operators(defaults);
  }

  private static ScoreBlend operators(SolrParams params) {
    if (!given(RE_RANK_WEIGHT, params) && !given(RE_RANK_OPERATOR, params)) {
      return ScoreBlend.LOGIT;
    }
    return new OperatorBlend(
        RE_RANK_OPERATOR.in(params).orElse(Operator.ADD), RE_RANK_WEIGHT.in(params).orElse(2.0f));
  }

  private static boolean given(Option<?> option, SolrParams params) {
    return params.get(option.key()) != null;
  }

  private static ScoreBlend formula(String formula, Function<String, DoubleValuesSource> fieldOf) {
    // The parser is recursive; a long formula could overflow the stack.
    if (formula.length() > MAX_FORMULA_LENGTH) {
      throw ParameterValues.bad(
          BLEND.key(), formula, "must have at most " + MAX_FORMULA_LENGTH + " characters");
    }
    try {
      return ExpressionBlend.compile(formula, fieldOf);
    } catch (ParseException e) {
      throw ParameterValues.bad(
          BLEND.key(), formula, "at position " + e.getErrorOffset() + ": " + e.getMessage());
    }
  }

  private static DoubleValuesSource field(String formula, String name, IndexSchema schema) {
    SchemaField field = schema.getFieldOrNull(name);
    if (field == null && ListValue.named(name).isPresent()) {
      return ListValue.named(name).orElseThrow();
    }
    if (field == null
        || field.getType().getNumberType() == null
        || !field.hasDocValues()
        || field.multiValued()) {
      throw ParameterValues.bad(
          BLEND.key(),
          formula,
          name
              + " is not ce, ceProb, score, rank1, score1, rank2, ...,"
              + " and not a numeric field with docValues");
    }
    return field.getType().getValueSource(field, null).asDoubleValuesSource();
  }
}
