// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr;

import org.apache.solr.common.SolrException;
import org.apache.solr.common.SolrException.ErrorCode;
import org.junit.BeforeClass;
import org.junit.Test;

/** Shards that fail, and the response in this case. */
public class CloudFailureTest extends CloudTestCase {

  @BeforeClass
  public static void index() throws Exception {
    collection(FILMS, 2, 2, "ExactStatsCache", films());
  }

  @Test
  public void aShardThatFailsFailsTheRequestOrIsMissing() throws Exception {
    ShardHook.step =
        builder -> {
          if (ShardHook.shard(builder).equals("shard2")) {
            throw new SolrException(ErrorCode.SERVER_ERROR, "the disk is gone");
          }
        };
    for (String scope : SCOPES) {
      assertRefused(500, "the disk is gone", "q", Q, "rq", ask(scope));
      assertHalf(
          select(FILMS, "q", Q, "rq", ask(scope), "rows", "30", "shards.tolerant", "true"), scope);
    }
  }
}
