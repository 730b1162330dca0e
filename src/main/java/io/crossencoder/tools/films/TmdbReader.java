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
 * Reads TMDB's JSON one record at a time, so that memory holds only one record. The JSON is one
 * object keyed by id, or one array.
 */
final class TmdbReader implements Closeable {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          // Dumps made by string concatenation contain raw tabs and line breaks in overviews.
          .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
          .build();

  private final JsonParser parser;
  private long records;

  /** A reader that closes the stream; the encoding is UTF-8, or UTF-16 or UTF-32 if detected. */
  TmdbReader(InputStream json) throws IOException {
    parser = MAPPER.createParser(json);
    JsonToken start = parser.nextToken();
    if (start == null) {
      throw new JsonParseException(parser, "the file is empty");
    }
    if (start != JsonToken.START_OBJECT && start != JsonToken.START_ARRAY) {
      throw new JsonParseException(parser, "expected an object keyed by id, or an array");
    }
  }

  /**
   * Reads the next record; returns null at the end.
   *
   * @throws JsonProcessingException if the JSON is malformed or truncated; contains the location
   */
  TmdbRecord next() throws IOException {
    JsonToken token = parser.nextToken();
    if (token == JsonToken.END_OBJECT || token == JsonToken.END_ARRAY) {
      if (parser.nextToken() != null) {
        throw new JsonParseException(parser, "unexpected content after the records");
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

  /** The location in the unpacked JSON and the reason: "line 3, column 17: reason". */
  static String describe(JsonProcessingException failure) {
    JsonLocation place = failure.getLocation();
    // The parser's limits for nesting and long values have no location.
    if (place == null) {
      return CommandException.reason(failure);
    }
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
