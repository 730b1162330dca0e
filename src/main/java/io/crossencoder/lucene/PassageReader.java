// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.lucene;

import io.crossencoder.model.Deadline;
import io.crossencoder.model.Passage;
import io.crossencoder.model.PassageScorer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.lucene.index.FieldInfo;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.StoredFieldVisitor;
import org.apache.lucene.index.StoredFields;

/**
 * Reads the passages of documents from their stored fields: the fields in the given order with a
 * blank line between them, {@code title + "\n\n" + overview}. Fields without a text are left out,
 * values of one field are joined by a comma. The first of several fields is the passage's title.
 * Thread-safe.
 */
public final class PassageReader {

  private static final String BETWEEN_VALUES = ", ";

  /** So many documents are read together under a deadline: as many as are scored together. */
  private static final int TIER = 16;

  private final List<String> fields;
  private final Set<String> wanted;

  /**
   * Of these stored fields.
   *
   * @param fields their names, in the order in which their texts are joined; not empty. One that
   *     the index does not know has no text
   */
  public PassageReader(List<String> fields) {
    this.fields = List.copyOf(fields);
    this.wanted = Set.copyOf(fields);
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
    return read(reader, docs, PassageLimit.of(scorer), deadline);
  }

  List<Passage> read(IndexReader reader, int[] docs, PassageLimit limit, Deadline deadline)
      throws IOException {
    StoredFields stored = reader.storedFields();
    Passage[] passages = new Passage[docs.length];
    int tier = deadline.bounded() ? TIER : Math.max(1, docs.length);
    for (int from = 0; from < docs.length; from += tier) {
      // In the order of the index, so that neighbours share the block that is decompressed for
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
        Texts texts = new Texts(limit.characters());
        stored.document(docs[place], texts);
        passages[place] = texts.passage();
      }
    }
    return Arrays.asList(passages);
  }

  /** The texts of one document. */
  private final class Texts extends StoredFieldVisitor {

    private final Map<String, StringBuilder> byField = new HashMap<>();
    private final int limit;
    private int full;

    Texts(int limit) {
      this.limit = limit;
    }

    @Override
    public Status needsField(FieldInfo field) {
      if (full == wanted.size()) {
        return Status.STOP;
      }
      return wanted.contains(field.name) && !isFull(byField.get(field.name))
          ? Status.YES
          : Status.NO;
    }

    private boolean isFull(StringBuilder text) {
      return text != null && text.length() >= limit;
    }

    @Override
    public void stringField(FieldInfo field, String value) {
      if (value.isBlank()) {
        return;
      }
      StringBuilder text = byField.computeIfAbsent(field.name, name -> new StringBuilder());
      if (text.length() > 0) {
        text.append(BETWEEN_VALUES);
      }
      text.append(value, 0, end(value, limit - text.length()));
      if (isFull(text)) {
        full++;
      }
    }

    /** Where to cut: not within a character of two halves, and with one left to show the cut. */
    private static int end(String value, int room) {
      int end = Math.min(value.length(), Math.max(1, room));
      return end < value.length() && Character.isHighSurrogate(value.charAt(end - 1))
          ? end + 1
          : end;
    }

    @Override
    public void intField(FieldInfo field, int value) {
      stringField(field, Integer.toString(value));
    }

    @Override
    public void longField(FieldInfo field, long value) {
      stringField(field, Long.toString(value));
    }

    @Override
    public void floatField(FieldInfo field, float value) {
      stringField(field, Float.toString(value));
    }

    @Override
    public void doubleField(FieldInfo field, double value) {
      stringField(field, Double.toString(value));
    }

    Passage passage() {
      List<String> rest = new ArrayList<>(byField.size());
      for (String field : fields) {
        StringBuilder text = byField.get(field);
        if (text != null) {
          rest.add(text.toString());
        }
      }
      // A text that is alone is no title: it is all there is to cut.
      boolean titled = rest.size() > 1 && byField.containsKey(fields.get(0));
      String title = titled ? rest.remove(0) : "";
      return new Passage(title, String.join(Passage.BETWEEN, rest));
    }
  }
}
