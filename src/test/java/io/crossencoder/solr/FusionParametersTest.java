// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr;

import io.crossencoder.solr.fusion.FusionQParserPlugin;
import org.apache.solr.common.SolrException;
import org.apache.solr.common.util.NamedList;
import org.junit.Test;

/** Invalid parameters of {@code {!rrf}}: the error contains the name and the valid values. */
public class FusionParametersTest extends FusionTestCase {

  @Test
  public void whatIsWrongIsNamedWithWhatIsAllowed() {
    String[][] cases = {
      {"depth=0", "rrf: depth='0': an integer from 1 to 1000"},
      {"depth=1001", "rrf: depth='1001': an integer from 1 to 1000"},
      {"depth=many", "rrf: depth='many': an integer from 1 to 1000"},
      {"k=0", "rrf: k='0': an integer from 1 to 1000000"},
      {"algorithm=sum", "rrf: algorithm='sum': rrf or linear"},
      {"weights=1", "rrf: weights='1': 2 numbers, one per query, 0 or greater"},
      {"weights=1,-1", "rrf: weights='1,-1': 2 numbers, one per query, 0 or greater"},
      {"weights=1,NaN", "2 numbers, one per query, 0 or greater"},
      {"weights=1,Infinity", "2 numbers, one per query, 0 or greater"},
      {"weights=0,0", "2 numbers, one per query, 0 or greater"},
      {"weights=1,two", "2 numbers, one per query, 0 or greater"},
      {
        "rank=3",
        "rrf: rank='3': unknown parameter; valid parameters: algorithm, depth, k, queries, weights"
      },
    };
    for (String[] each : cases) {
      String message = badRequest(withDefaults("{!rrf queries=$lex,$vec " + each[0] + "}"));
      assertTrue(each[0] + ": " + message, message.contains(each[1]));
    }
  }

  @Test
  public void aListThatTheRequestHasNotIsNamed() {
    String message = badRequest(withDefaults("{!rrf queries=$lex,$vectors}"));
    assertTrue(
        message, message.contains("queries='vectors': the request has no parameter vectors"));
    String none = badRequest(withDefaults("{!rrf depth=10}"));
    assertTrue(none, none.contains("queries='': 1 to 5 names of request parameters"));
    String many = badRequest(withDefaults("{!rrf queries=lex,lex,lex,lex,lex,lex}"));
    assertTrue(many, many.contains("1 to 5 names of request parameters"));
  }

  @Test
  public void aTextIsRefused() {
    String message = badRequest(withDefaults("{!rrf queries=$lex,$vec}vietnam war"));
    assertTrue(message, message.contains("v='vietnam war': not supported"));
  }

  @Test
  public void aFusionOfItselfIsRefused() {
    String message = badRequest(withDefaults("{!rrf queries=$me}", "me", "{!rrf queries=$me}"));
    assertTrue(message, message.contains("at most 10 nested fusions"));
    String part =
        badRequest(
            withDefaults("{!rrf queries=$me}", "me", "{!bool must=$x}", "x", "{!rrf queries=$me}"));
    assertTrue(part, part.contains("Infinite Recursion"));
  }

  @Test
  public void aRankQueryIsNoList() {
    String message =
        badRequest(withDefaults("{!rrf queries=$re,$vec}", "re", "{!rerank reRankQuery=$lex}"));
    assertTrue(message, message.contains("must not be a rank query; rerank the fused list"));
  }

  @Test
  public void whereThereIsNoFusionItsFiguresAreRefused() {
    String message = badRequest("q", "war", "fl", "id,r:fusion(rank1)");
    assertTrue(message, message.contains("rank1"));
    String third = badRequest(fusion("", "fl", "id,r:fusion(rank3)"));
    assertTrue(third, third.contains("the main query fuses 2 lists"));
    String other = badRequest(fusion("", "fl", "id,r:fusion(place1)"));
    assertTrue(other, other.contains("rank1, rank2, ... or score1, score2, ..."));
  }

  @Test
  public void whatIsWrongInSolrconfigIsSaidWhenItIsRead() {
    assertInit("k", "0", "rrf: k='0': an integer from 1 to 1000000");
    assertInit("maxDepth", "20000", "an integer from 1 to 10000");
    assertInit("dephth", "20", "unknown in solrconfig.xml; allowed: depth, algorithm, k");
  }

  private static void assertInit(String key, String value, String part) {
    NamedList<Object> args = new NamedList<>();
    args.add(key, value);
    SolrException e = expectThrows(SolrException.class, () -> new FusionQParserPlugin().init(args));
    assertTrue(e.getMessage(), e.getMessage().contains(part));
  }
}
