// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr;

import org.junit.Test;

/** An invalid parameter returns HTTP 400 with its name, its value and the valid values. */
public class BadParametersTest extends FilmsTestCase {

  private static void assertRefused(String rq, String... parts) {
    String message = badRequest("q", "vietnam war", "rq", rq);
    for (String part : parts) {
      assertTrue(message, message.contains(part));
    }
  }

  @Test
  public void model() {
    assertRefused("{!crossencoder model=nope}", "model='nope'", "installed: tmdb-starter");
  }

  @Test
  public void aPathIsNoModel() {
    assertRefused("{!crossencoder model='../models/tmdb-starter'}", "model=", "tmdb-starter");
    assertRefused("{!crossencoder model='/etc'}", "model='/etc'", "tmdb-starter");
  }

  @Test
  public void reRankDocs() {
    for (String value : new String[] {"0", "-1", "abc", "1001", "99999999999", "''"}) {
      assertRefused(
          "{!crossencoder reRankDocs=" + value + "}",
          "reRankDocs=",
          "must be an integer from 1 to 1000");
    }
  }

  @Test
  public void fields() {
    assertRefused("{!crossencoder fields=nope}", "fields='nope'", "stored fields");
    assertRefused("{!crossencoder fields='title,_version_'}", "fields='_version_'", "stored");
    assertRefused("{!crossencoder fields=''}", "fields: required", "model=tmdb-starter fields=");
    assertRefused("{!crossencoder fields=' , '}", "fields: required", "model=tmdb-starter fields=");
  }

  @Test
  public void reRankTimeout() {
    assertRefused(
        "{!crossencoder reRankTimeout=0}", "reRankTimeout='0'", "must be an integer, 1 or greater");
    assertRefused(
        "{!crossencoder reRankTimeout=1.5}",
        "reRankTimeout='1.5'",
        "must be an integer, 1 or greater");
  }

  @Test
  public void onFailure() {
    assertRefused("{!crossencoder onFailure=maybe}", "onFailure='maybe'", "firstPass or error");
  }

  @Test
  public void aMisspelledParameter() {
    assertRefused("{!crossencoder rerankDocs=20}", "rerankDocs='20'", "reRankDocs");
  }

  @Test
  public void aReferenceToAParameterThatIsNotThere() {
    assertRefused("{!crossencoder query=$text}", "query=", "is not in the request");
    assertRefused("{!crossencoder model=$m}", "model=", "is not in the request");
  }

  @Test
  public void whatSolrCannotCombine() {
    String rq = "{!crossencoder}";
    assertTrue(
        badRequest("q", "war", "rq", rq, "cursorMark", "*", "sort", "id asc")
            .contains("cursorMark"));
    assertTrue(
        badRequest("q", "war", "rq", rq, "group", "true", "group.field", "original_language")
            .contains("collapse"));
    assertTrue(badRequest("q", "war", "rq", rq, "sort", "popularity desc").contains("score desc"));
    assertTrue(
        badRequest("q", "{!lucene sort='popularity desc'}war", "defType", "lucene", "rq", rq)
            .contains("score desc"));
  }
}
