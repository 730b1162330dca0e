// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr.rerank;

import io.crossencoder.lucene.PassageReader;
import io.crossencoder.model.PassageScores;
import io.crossencoder.model.Scores;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.index.IndexReader;

/**
 * Logits of the documents of a page, for its writing: in one batch, and without those that cannot
 * be had, for it is too late then to answer with an error.
 */
final class PageLogits {

  /** What is known of one document. */
  record Logit(float value, boolean truncated, String window) {}

  private PageLogits() {}

  /**
   * By document. Where a rerank has scored them before, the score cache has them.
   *
   * @param docs those beyond the most that may be scored are left out
   */
  static Map<Integer, Logit> score(ScoringRequest asked, IndexReader reader, List<Integer> docs) {
    if (docs.isEmpty() || asked.context().isSkipped()) {
      return Map.of();
    }
    int[] first = docs.stream().limit(asked.maxDocs()).mapToInt(Integer::intValue).toArray();
    PassageReader passages = new PassageReader(asked.context().ordering().fields());
    try {
      PassageScores scores =
          asked.context().scorer().score(passages.read(reader, first), asked.context().deadline());
      scores.scores().failure().ifPresent(cause -> report(asked, cause));
      return byDoc(first, scores);
    } catch (IOException | RuntimeException | LinkageError e) {
      report(asked, e);
      return Map.of();
    }
  }

  private static Map<Integer, Logit> byDoc(int[] docs, PassageScores given) {
    Scores scores = given.scores();
    Map<Integer, Logit> byDoc = new HashMap<>();
    for (int i = 0; i < docs.length; i++) {
      if (!Float.isNaN(scores.logits()[i])) {
        Logit logit = new Logit(scores.logits()[i], scores.truncated()[i], given.best().get(i));
        byDoc.put(docs[i], logit);
      }
    }
    return byDoc;
  }

  private static void report(ScoringRequest asked, Throwable cause) {
    asked.context().metrics().failures().report("the page is written without some logits", cause);
  }
}
