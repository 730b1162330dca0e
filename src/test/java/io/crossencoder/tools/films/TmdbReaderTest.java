// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.films;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.solr.common.SolrInputDocument;
import org.junit.Test;

public final class TmdbReaderTest {

  static List<TmdbRecord> read(String json) throws IOException {
    List<TmdbRecord> records = new ArrayList<>();
    try (TmdbReader reader =
        new TmdbReader(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)))) {
      for (TmdbRecord record; (record = reader.next()) != null; ) {
        records.add(record);
      }
    }
    return records;
  }

  private static SolrInputDocument document(String json) throws IOException {
    return film(json).document();
  }

  private static TmdbRecord.Film film(String json) throws IOException {
    return (TmdbRecord.Film) read("{\"7\":" + json + "}").get(0);
  }

  private static String failure(String json) {
    return TmdbReader.describe(assertThrows(JsonProcessingException.class, () -> read(json)));
  }

  @Test
  public void emptyObjectHasNoRecords() throws IOException {
    assertEquals(List.of(), read("{}"));
  }

  @Test
  public void limitsOfTheParserAreExplainedWithoutAPlace() {
    String deep = "[".repeat(2000) + "]".repeat(2000);
    assertEquals(
        "Document nesting depth (1001) exceeds the maximum allowed (1000)",
        failure("{\"7\":{\"title\":\"x\",\"more\":" + deep + "}}"));
  }

  @Test
  public void aReasonDoesNotNameTheParsersSettings() {
    String nan = failure("{\"7\":{\"title\":\"x\",\"popularity\":NaN}}");
    assertTrue(nan, nan.endsWith(": Non-standard token 'NaN'"));
  }

  @Test
  public void anArrayIsReadLikeAnObject() throws IOException {
    assertEquals("5", read("[{\"id\":5,\"title\":\"x\"}]").get(0).id());
  }

  @Test
  public void rawControlCharactersInStringsAreRead() throws IOException {
    assertEquals("a\u0001b\nc", document("{\"title\":\"a\u0001b\nc\"}").getFieldValue("title"));
  }

  @Test
  public void anOverviewMayBeAMegabyte() throws IOException {
    String overview = "word ".repeat(1 << 18).strip();
    assertEquals(
        overview,
        document("{\"title\":\"x\",\"overview\":\"" + overview + "\"}").getFieldValue("overview"));
  }

  @Test
  public void aByteOrderMarkIsNotContent() throws IOException {
    assertEquals(1, read("\uFEFF{\"1\":{\"title\":\"x\"}}").size());
  }

  @Test
  public void malformedJsonSaysWhere() {
    String failure = failure("{\"1\":{\"title\":\"x\"},\n\"2\":{\"title\" \"y\"}}");
    assertTrue(failure, failure.startsWith("line 2, column 14: Unexpected character"));
  }

  @Test
  public void aFileCutShortSaysWhere() {
    String failure = failure("{\"1\":{\"title\":\"x\"},\n\"2\":{\"title\":\"y");
    assertTrue(failure, failure.startsWith("line 2, column 16: Unexpected end-of-input"));
  }

  @Test
  public void whatStandsBeforeAnErrorIsRead() throws IOException {
    try (TmdbReader reader =
        new TmdbReader(
            new ByteArrayInputStream(
                "{\"1\":{\"title\":\"x\"},oops".getBytes(StandardCharsets.UTF_8)))) {
      assertEquals("1", reader.next().id());
      assertThrows(JsonProcessingException.class, reader::next);
    }
  }

  @Test
  public void anEmptyFileIsMalformed() {
    assertTrue(failure("").contains("the file is empty"));
  }

  @Test
  public void aLoneValueIsMalformed() {
    assertTrue(failure("3").contains("expected an object keyed by id, or an array"));
  }

  @Test
  public void contentBehindTheEndIsMalformed() {
    assertTrue(failure("{} {}").contains("unexpected content after"));
  }

  @Test
  public void randomFilmsComeBackAsTheyWere() throws IOException {
    Random random = new Random(42);
    Map<String, Map<String, Object>> films = new LinkedHashMap<>();
    for (int id = 0; id < 200; id++) {
      films.put("" + id, Map.of("id", id, "title", "t" + text(random), "overview", text(random)));
    }
    List<TmdbRecord> records = read(new ObjectMapper().writeValueAsString(films));
    assertEquals(films.size(), records.size());
    for (TmdbRecord record : records) {
      SolrInputDocument film = ((TmdbRecord.Film) record).document();
      Map<String, Object> written = films.get(record.id());
      assertEquals(((String) written.get("title")).strip(), film.getFieldValue("title"));
      String overview = ((String) written.get("overview")).strip();
      assertEquals(overview.isEmpty() ? null : overview, film.getFieldValue("overview"));
    }
  }

  private static String text(Random random) {
    return random
        .ints(random.nextInt(40), 1, Character.MAX_CODE_POINT)
        .filter(c -> c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
