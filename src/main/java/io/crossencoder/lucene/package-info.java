// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0

/**
 * A cross-encoder as a Lucene {@link org.apache.lucene.search.Rescorer}. This package does not
 * depend on Solr. Use in a Lucene program:
 *
 * <pre>{@code
 * ModelRegistry models = new ModelRegistry(ModelRegistry.Settings.defaults()); // one per program
 * CrossEncoder encoder = models.open(Path.of("models/my-model"), ModelOptions.DEFAULTS);
 *
 * TopDocs firstPass = searcher.search(query, 50);
 * PassageReader passages = new PassageReader(List.of("title", "text")); // stored fields
 * Rescorer rescorer = new CrossEncoderRescorer(encoder, "what the user typed", passages);
 * TopDocs reranked = rescorer.rescore(searcher, firstPass, 10);
 *
 * encoder.close(); // before the registry
 * models.close();
 * }</pre>
 *
 * <p>A {@link io.crossencoder.model.CrossEncoder} is thread-safe; a {@link
 * io.crossencoder.lucene.CrossEncoderRescorer} belongs to one query text. For costs and outcome,
 * use its own methods, which return a {@link io.crossencoder.lucene.RescoreResult}: the same
 * documents, best first. A complete program is in {@code docs/getting-started.md}.
 */
package io.crossencoder.lucene;
