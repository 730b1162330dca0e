// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.films;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.crossencoder.tools.common.CommandException;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;

/**
 * Reads TMDB's JSON one record at a time, so that memory is that of one record: one object keyed by
 * id, or one array.
 */
final class TmdbReader implements Closeable {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          // Dumps made by string concatenation have raw tabs and line breaks inside overviews.
          .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
          .build();

  private final JsonParser parser;
  private long records;

  /** Takes the stream over; the encoding is UTF-8, or UTF-16 or UTF-32 if the bytes say so. */
  TmdbReader(InputStream json) throws IOException {
    parser = MAPPER.createParser(json);
    JsonToken start = parser.nextToken();
    if (start == null) {
      throw new JsonParseException(parser, "nothing in it, not even {}");
    }
    if (start != JsonToken.START_OBJECT && start != JsonToken.START_ARRAY) {
      throw new JsonParseException(parser, "expected an object keyed by id, or an array");
    }
  }

  /**
   * The next record, or null at the end.
   *
   * @throws JsonProcessingException when the JSON is malformed or cut short; it knows where
   */
  TmdbRecord next() throws IOException {
    JsonToken token = parser.nextToken();
    if (token == JsonToken.END_OBJECT || token == JsonToken.END_ARRAY) {
      if (parser.nextToken() != null) {
        throw new JsonParseException(parser, "something follows the end of the records");
      }
      return null;
    }
    String key = null;
    if (token == JsonToken.FIELD_NAME) {
      key = parser.currentName();
      parser.nextToken();
    }
    JsonNode record = MAPPER.readTree(parser);
    return TmdbMapping.map(key, ++records, record);
  }

  /** "line 3, column 17: why", a place in the JSON itself, after any decompression. */
  static String describe(JsonProcessingException failure) {
    JsonLocation place = failure.getLocation();
    return String.format(
        Locale.ROOT,
        "line %d, column %d: %s",
        place.getLineNr(),
        place.getColumnNr(),
        CommandException.reason(failure));
  }

  @Override
  public void close() throws IOException {
    parser.close();
  }
}
