// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.evaluation.asking;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A way to rank documents.
 *
 * @param name unique name for output
 * @param rerank none: only the first pass
 */
public record Configuration(String name, Optional<Rerank> rerank) {

  public static final Configuration FIRST_PASS = new Configuration("first pass", Optional.empty());

  /**
   * The second pass.
   *
   * @param model name of the model in Solr; none: Solr's default
   * @param depth number of candidates; none if the candidates are the judged documents
   * @param blend formula of the final score; none: Solr's default
   */
  public record Rerank(Optional<String> model, Optional<Integer> depth, Optional<String> blend) {}

  public static Configuration of(Rerank rerank) {
    List<String> words = new ArrayList<>();
    words.add("reranked");
    rerank.depth().ifPresent(depth -> words.add(String.valueOf(depth)));
    rerank.model().ifPresent(words::add);
    rerank.blend().ifPresent(words::add);
    return new Configuration(String.join(" · ", words), Optional.of(rerank));
  }

  /** The name in file names and as the tag of a TREC run. */
  public String slug() {
    return name.replaceAll("[^A-Za-z0-9.+*-]+", "-")
        .replace('*', 'x')
        .replaceAll("^[-.]+|[-.]+$", "");
  }
}
