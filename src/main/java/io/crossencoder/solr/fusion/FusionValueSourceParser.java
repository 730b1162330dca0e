// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.fusion;

import org.apache.lucene.queries.function.ValueSource;
import org.apache.solr.search.FunctionQParser;
import org.apache.solr.search.SyntaxError;
import org.apache.solr.search.ValueSourceParser;

/**
 * The function {@code fusion(rank1)} or {@code fusion(score2)}: the rank or the score of a document
 * in a list of the request's {@code {!rrf}}.
 *
 * <pre>{@code
 * <valueSourceParser name="fusion" class="io.crossencoder.solr.fusion.FusionValueSourceParser"/>
 * }</pre>
 */
public final class FusionValueSourceParser extends ValueSourceParser {

  /** Called by Solr for each declaration in {@code solrconfig.xml}. */
  public FusionValueSourceParser() {}

  @Override
  public ValueSource parse(FunctionQParser fp) throws SyntaxError {
    String name = fp.parseArg();
    return ListValue.named(String.valueOf(name))
        .map(ValueSource::fromDoubleValuesSource)
        .orElseThrow(
            () -> FusionParams.bad("fusion", name, "rank1, rank2, ... or score1, score2, ..."));
  }
}
