// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.common;

import static org.junit.Assert.assertEquals;

import org.apache.solr.common.SolrException;
import org.apache.solr.common.SolrException.ErrorCode;
import org.junit.Test;

/** The message of a failed request without the parts that the client and other nodes add. */
public class SolrTargetTest {

  private static String message(String text) {
    return SolrTarget.message(new SolrException(ErrorCode.BAD_REQUEST, text));
  }

  @Test
  public void theAddressOfTheServerIsLeftOut() {
    assertEquals(
        "undefined field nope",
        message("Error from server at http://127.0.0.1:8983/solr/tmdb: undefined field nope"));
  }

  @Test
  public void theAddressesOfTheShardsAreLeftOut() {
    assertEquals(
        "undefined field nope",
        message(
            "Error from server at http://127.0.0.1:8983/solr/tmdb: Error from server at"
                + " http://127.0.0.1:8984/solr/tmdb_shard1_replica_n1/: undefined field nope"));
  }

  @Test
  public void theMessageIsOneLine() {
    assertEquals("first second", message("first\n  second"));
  }
}
