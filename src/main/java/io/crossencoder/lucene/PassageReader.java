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
 * Reads the passages of documents from their stored fields: the fields in the given order with a
 * blank line between them, {@code title + "\n\n" + overview}. Fields without a text are left out,
 * values of one field are joined by a comma. The first of several fields is the passage's title.
 * Thread-safe.
 *
 * <p>The values of one field may be read one by one instead: then a passage is as many texts, each
 * as if the document had only this value of the field.
 */
public final class PassageReader {

  /** So many documents are read together under a deadline: as many as are scored together. */
  private static final int TIER = 16;

  private final List<String> fields;
  private final Optional<String> valueField;

  /**
   * Of these stored fields.
   *
   * @param fields their names, in the order in which their texts are joined; not empty. One that
   *     the index does not know has no text
   */
  public PassageReader(List<String> fields) {
    this(fields, Optional.empty());
  }

  /**
   * The same, with a field of which each value is read by itself.
   *
   * @param fields as above
   * @param valueField one of them; none: the values of every field are joined. A scorer without
   *     {@code maxWindows} gets them joined, too
   */
  public PassageReader(List<String> fields, Optional<String> valueField) {
    this.fields = List.copyOf(fields);
    this.valueField = valueField;
  }

  /**
   * Reads passages, the best hits first as far as the time does not suffice for all.
   *
   * @param reader of the index; a searcher's top reader
   * @param docs its document numbers, best first
   * @param scorer what the passages are for: more of a text than it can read is not kept
   * @param deadline when to stop; looked at before each document
   * @return one passage a document, in the order of {@code docs}: an {@linkplain Passage#isEmpty
   *     empty} one where a document has none of the fields, and null where there was no time
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
      // In the order of the index, so that neighbors share the block that is decompressed for
      // them.
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
