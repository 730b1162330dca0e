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

/** The texts of one document, as much of each field as is needed. */
final class DocumentTexts extends StoredFieldVisitor {

  private static final String BETWEEN_VALUES = ", ";

  private final List<String> fields;
  private final Set<String> wanted;
  private final Optional<String> valueField;
  private final PassageLimit limit;
  private final Map<String, StringBuilder> byField = new HashMap<>();
  private final Set<String> full = new HashSet<>();

  /** Each once: a second time they would have the same score. */
  private final Set<String> values = new LinkedHashSet<>();

  private long readOfValues;
  private boolean moreValues;

  /**
   * For one document.
   *
   * @param valueField the field of which each value is read by itself, if there is one
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

  /** Adds a text to those of its field, and says whether that is enough. */
  private boolean append(String field, String value) {
    StringBuilder text = byField.computeIfAbsent(field, name -> new StringBuilder());
    if (text.length() > 0) {
      text.append(BETWEEN_VALUES);
    }
    // The other fields are read with every value, so there is one window of each.
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
    // Equal values count, too: no more is read of a field than where each is another.
    readOfValues += head.length();
    return moreValues || readOfValues >= limit.ofField();
  }

  /** Where to cut: not within a character of two halves, and with one left to show the cut. */
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

  /** What was read. */
  Passage passage() {
    if (valueField.isPresent()) {
      return Passage.ofValues(new Windows(textsByValue(), moreValues));
    }
    List<String> rest = texts("");
    // A text that is alone is no title: it is all there is to cut.
    boolean titled = rest.size() > 1 && byField.containsKey(fields.get(0));
    String title = titled ? rest.remove(0) : "";
    return new Passage(title, String.join(Passage.BETWEEN, rest));
  }

  private List<String> textsByValue() {
    // Without a value, the other fields are all there is.
    Set<String> all = values.isEmpty() ? Set.of("") : values;
    return all.stream()
        .map(value -> String.join(Passage.BETWEEN, texts(value)))
        .filter(text -> !text.isEmpty())
        .toList();
  }

  /** The texts of the fields, in their order, with one value where each is read by itself. */
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
