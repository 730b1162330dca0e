// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.lucene;

import io.crossencoder.model.Deadline;
import io.crossencoder.model.Passage;
import io.crossencoder.model.PassageScorer;
import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.StoredFields;

/**
 * Reads the passages of documents from their stored fields. The texts of the fields are joined in
 * the given order with a blank line: {@code title + "\n\n" + overview}. Fields without text are
 * omitted; several values of one field are joined with a comma. If there are several fields, the
 * first one is the title of the passage. Thread-safe.
 *
 * <p>Optionally, each value of one field becomes a separate text of the passage, as if the document
 * had only this value.
 */
public final class PassageReader {

  /**
   * Number of documents that are read at once under a deadline; equal to the number of pairs that
   * are scored at once.
   */
  private static final int TIER = 16;

  private final List<String> fields;
  private final Optional<String> valueField;

  /**
   * A reader of stored fields.
   *
   * @param fields names of the fields in the order of their texts; not empty. A field that is not
   *     in the index has no text
   * @throws IllegalArgumentException if there are no fields
   */
  public PassageReader(List<String> fields) {
    this(fields, Optional.empty());
  }

  /**
   * A reader of stored fields that scores the values of one field separately.
   *
   * @param fields names of the fields in the order of their texts; not empty
   * @param valueField one of {@code fields}; none: the values of every field are joined. They are
   *     also joined if the scorer has no {@code maxWindows}
   * @throws IllegalArgumentException if there are no fields, or {@code valueField} is not one of
   *     them
   */
  public PassageReader(List<String> fields, Optional<String> valueField) {
    this.fields = List.copyOf(fields);
    if (this.fields.isEmpty()) {
      throw new IllegalArgumentException("a passage needs at least one field");
    }
    if (valueField.isPresent() && !this.fields.contains(valueField.get())) {
      throw new IllegalArgumentException(valueField.get() + " is not one of the fields " + fields);
    }
    this.valueField = valueField;
  }

  /**
   * Reads passages, best documents first, until the deadline.
   *
   * @param reader reader of the index; the top reader of a searcher
   * @param docs document numbers, best first
   * @param scorer scorer of the passages; text that it cannot process is not kept
   * @param deadline when to stop; checked before each document
   * @return one passage per document, in the order of {@code docs}: {@linkplain Passage#isEmpty
   *     empty} if the document has none of the fields, null if the deadline expired
   * @throws IOException if the stored fields cannot be read
   */
  public List<Passage> read(IndexReader reader, int[] docs, PassageScorer scorer, Deadline deadline)
      throws IOException {
    Optional<String> byValue = scorer.maxWindows().flatMap(most -> valueField);
    return read(reader, docs, byValue, PassageLimit.of(scorer), deadline);
  }

  List<Passage> read(
      IndexReader reader,
      int[] docs,
      Optional<String> byValue,
      PassageLimit limit,
      Deadline deadline)
      throws IOException {
    StoredFields stored = reader.storedFields();
    Passage[] passages = new Passage[docs.length];
    int tier = deadline.bounded() ? TIER : Math.max(1, docs.length);
    for (int from = 0; from < docs.length; from += tier) {
      // In index order, so that neighboring documents share a decompressed block.
      int[] places =
          IntStream.range(from, Math.min(from + tier, docs.length))
              .boxed()
              .sorted(Comparator.comparingInt(place -> docs[place]))
              .mapToInt(Integer::intValue)
              .toArray();
      for (int place : places) {
        if (deadline.remainingNanos() <= 0) {
          return Arrays.asList(passages);
        }
        DocumentTexts texts = new DocumentTexts(fields, byValue, limit);
        stored.document(docs[place], texts);
        passages[place] = texts.passage();
      }
    }
    return Arrays.asList(passages);
  }
}
