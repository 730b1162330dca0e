// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.engine.batch;

import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertTrue;

import java.util.List;
import org.junit.Test;

public class ScoreCacheTest {

  @Test
  public void theCacheKeepsToItsBytes() {
    ScoreCache cache = new ScoreCache(100 * ScoreCache.BYTES_PER_ENTRY);
    for (int i = 0; i < 10_000; i++) {
      cache.put(key("model", "query", "passage " + i), new ScoreCache.Entry(i, false));
    }
    assertTrue("entries: " + cache.entries(), cache.entries() <= 100);
  }

  @Test
  public void noTwoContentsHaveTheSameKey() {
    assertNotEquals(key("a", "bc", "d"), key("ab", "c", "d"));
    assertNotEquals(key("a", "b", "cd"), key("a", "bc", "d"));
  }

  private static ScoreCache.Key key(String model, String query, String passage) {
    return new ScoreCache(0).keys(model, query, List.of(passage)).get(0);
  }
}
