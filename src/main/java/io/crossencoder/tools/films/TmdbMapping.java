// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.films;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.solr.common.SolrInputDocument;

/**
 * Maps TMDB's JSON to the fields of solr-config/schema.xml. Convertible values are accepted, such
 * as a number in a string; a field with any other value of the wrong type is omitted.
 */
final class TmdbMapping {
  private static final Map<String, Function<JsonNode, Optional<?>>> FIELDS = new LinkedHashMap<>();

  static {
    FIELDS.put("title", TmdbMapping::text);
    FIELDS.put("overview", TmdbMapping::text);
    FIELDS.put("tagline", TmdbMapping::text);
    FIELDS.put("keywords", TmdbMapping::names);
    FIELDS.put("genres", TmdbMapping::names);
    FIELDS.put("original_language", TmdbMapping::text);
    FIELDS.put("release_date", TmdbMapping::date);
    FIELDS.put("vote_average", TmdbMapping::floatNumber);
    FIELDS.put("vote_count", TmdbMapping::intNumber);
    FIELDS.put("popularity", TmdbMapping::floatNumber);
  }

  private TmdbMapping() {}

  /**
   * Maps a record.
   *
   * @param key key of the record in the file; null in an array
   * @param place place of the record in the file, from 1; used as id if the record has neither id
   *     nor key
   */
  static TmdbRecord map(String key, long place, JsonNode json) {
    Optional<String> known =
        text(json.path("id")).or(() -> Optional.ofNullable(key).filter(name -> !name.isBlank()));
    String id = known.orElse("#" + place);
    if (!json.isObject()) {
      return new TmdbRecord.Skipped(id, "not an object");
    }
    if (json.isEmpty()) {
      return new TmdbRecord.Skipped(id, "empty");
    }
    if (known.isEmpty()) {
      return new TmdbRecord.Skipped(id, "no id");
    }
    if (text(json.path("title")).isEmpty()) {
      return new TmdbRecord.Skipped(id, "no title");
    }
    return film(id, json);
  }

  private static TmdbRecord.Film film(String id, JsonNode json) {
    SolrInputDocument document = new SolrInputDocument();
    document.setField("id", id);
    List<String> leftOut = new ArrayList<>();
    FIELDS.forEach(
        (field, type) -> {
          JsonNode value = json.path(field);
          if (isAbsent(value)) {
            return;
          }
          type.apply(value)
              .ifPresentOrElse(v -> document.setField(field, v), () -> leftOut.add(field));
        });
    return new TmdbRecord.Film(id, document, List.copyOf(leftOut));
  }

  /** TMDB writes unknown values as null, as "" or as []. */
  private static boolean isAbsent(JsonNode value) {
    return value.isMissingNode()
        || value.isNull()
        || (value.isTextual() && value.textValue().isBlank())
        || (value.isArray() && value.isEmpty());
  }

  private static Optional<String> text(JsonNode value) {
    return value.isTextual() || value.isNumber()
        ? Optional.of(value.asText().strip()).filter(text -> !text.isEmpty())
        : Optional.empty();
  }

  private static Optional<List<String>> names(JsonNode value) {
    List<String> names = new ArrayList<>();
    if (value.isArray()) {
      value.forEach(item -> text(item.isObject() ? item.path("name") : item).ifPresent(names::add));
    }
    return Optional.of(names).filter(found -> !found.isEmpty());
  }

  /** A date such as "1994-09-23", or the date of a timestamp. */
  private static Optional<String> date(JsonNode value) {
    try {
      return text(value)
          .map(text -> text.indexOf('T') == 10 ? text.substring(0, 10) : text)
          .map(text -> LocalDate.parse(text) + "T00:00:00Z");
    } catch (DateTimeException notADay) {
      return Optional.empty();
    }
  }

  private static Optional<Float> floatNumber(JsonNode value) {
    return number(value).map(Double::floatValue).filter(Float::isFinite);
  }

  private static Optional<Integer> intNumber(JsonNode value) {
    return number(value).filter(n -> n.intValue() == n).map(Double::intValue);
  }

  private static Optional<Double> number(JsonNode value) {
    try {
      return text(value).map(Double::valueOf);
    } catch (NumberFormatException notANumber) {
      return Optional.empty();
    }
  }
}
