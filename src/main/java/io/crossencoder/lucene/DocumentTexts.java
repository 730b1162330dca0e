// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.lucene;

import io.crossencoder.model.Passage;
import io.crossencoder.model.Windows;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.lucene.index.FieldInfo;
import org.apache.lucene.index.StoredFieldVisitor;

/** The texts of one document. Collects only as much of each field as is needed. */
final class DocumentTexts extends StoredFieldVisitor {

  private static final String BETWEEN_VALUES = ", ";

  private final List<String> fields;
  private final Set<String> wanted;
  private final Optional<String> valueField;
  private final PassageLimit limit;
  private final Map<String, StringBuilder> byField = new HashMap<>();
  private final Set<String> full = new HashSet<>();

  /** A set, because equal values have equal scores. */
  private final Set<String> values = new LinkedHashSet<>();

  private long readOfValues;
  private boolean moreValues;

  /**
   * A collector for one document.
   *
   * @param valueField field whose values are scored one by one, if any
   */
  DocumentTexts(List<String> fields, Optional<String> valueField, PassageLimit limit) {
    this.fields = fields;
    this.wanted = Set.copyOf(fields);
    this.valueField = valueField;
    this.limit = limit;
  }

  @Override
  public Status needsField(FieldInfo field) {
    if (isByValue(field.name) && full.contains(field.name)) {
      moreValues = true;
    }
    if (full.size() == wanted.size()) {
      return Status.STOP;
    }
    return wanted.contains(field.name) && !full.contains(field.name) ? Status.YES : Status.NO;
  }

  private boolean isByValue(String field) {
    return valueField.isPresent() && valueField.get().equals(field);
  }

  @Override
  public void stringField(FieldInfo field, String value) {
    if (value.isBlank()) {
      return;
    }
    boolean isFull = isByValue(field.name) ? addValue(value) : append(field.name, value);
    if (isFull) {
      full.add(field.name);
    }
  }

  /** Appends a text to its field; returns whether the field has enough text. */
  private boolean append(String field, String value) {
    StringBuilder text = byField.computeIfAbsent(field, name -> new StringBuilder());
    if (text.length() > 0) {
      text.append(BETWEEN_VALUES);
    }
    // Only one window of the other fields is needed, because it is repeated with every value.
    int most = valueField.isPresent() ? limit.characters() : limit.ofField();
    text.append(value, 0, end(value, most - text.length()));
    return text.length() >= most;
  }

  private boolean addValue(String value) {
    String head = value.substring(0, end(value, limit.characters()));
    if (values.size() < limit.pieces()) {
      values.add(head);
    } else {
      moreValues |= !values.contains(head);
    }
    // Equal values count, too, so that the amount of text per field has the same limit.
    readOfValues += head.length();
    return moreValues || readOfValues >= limit.ofField();
  }

  /**
   * End of the kept text: never within a surrogate pair. One character more than needed is kept so
   * that the tokenizer reports the truncation.
   */
  private static int end(String value, int room) {
    int end = Math.min(value.length(), Math.max(1, room));
    return end < value.length() && Character.isHighSurrogate(value.charAt(end - 1)) ? end + 1 : end;
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
    if (valueField.isPresent()) {
      return Passage.ofValues(new Windows(textsByValue(), moreValues));
    }
    List<String> rest = texts("");
    // A single text is not a title, because a title is not split into windows.
    boolean titled = rest.size() > 1 && byField.containsKey(fields.get(0));
    String title = titled ? rest.remove(0) : "";
    return new Passage(title, String.join(Passage.BETWEEN, rest));
  }

  private List<String> textsByValue() {
    // If the document has no value, the other fields are the only text.
    Set<String> all = values.isEmpty() ? Set.of("") : values;
    return all.stream()
        .map(value -> String.join(Passage.BETWEEN, texts(value)))
        .filter(text -> !text.isEmpty())
        .toList();
  }

  /** The texts of all fields in their order; {@code value} replaces the text of the value field. */
  private List<String> texts(String value) {
    List<String> texts = new ArrayList<>(fields.size());
    for (String field : fields) {
      String text = isByValue(field) ? value : Objects.toString(byField.get(field), "");
      if (!text.isEmpty()) {
        texts.add(text);
      }
    }
    return texts;
  }
}
