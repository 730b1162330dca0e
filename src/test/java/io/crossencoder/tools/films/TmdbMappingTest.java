// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.films;

import static io.crossencoder.tools.films.TmdbReaderTest.read;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNull;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.solr.common.SolrInputDocument;
import org.junit.Test;

public final class TmdbMappingTest {

  private static SolrInputDocument document(String json) throws IOException {
    return film(json).document();
  }

  private static TmdbRecord.Film film(String json) throws IOException {
    return (TmdbRecord.Film) read("{\"7\":" + json + "}").get(0);
  }

  @Test
  public void everyFieldOfTheSchemaIsFilled() throws IOException {
    SolrInputDocument film =
        document(
            """
            {"id":278,"title":"The Shawshank Redemption","overview":"Framed.","tagline":"Hope.",
             "genres":[{"id":18,"name":"Drama"},{"id":80,"name":"Crime"}],
             "keywords":[{"id":378,"name":"prison"}],"original_language":"en",
             "popularity":136.7,"release_date":"1994-09-23","vote_average":8.5,"vote_count":8205}
            """);
    assertEquals("278", film.getFieldValue("id"));
    assertEquals("The Shawshank Redemption", film.getFieldValue("title"));
    assertEquals("Framed.", film.getFieldValue("overview"));
    assertEquals("Hope.", film.getFieldValue("tagline"));
    assertEquals(List.of("Drama", "Crime"), List.copyOf(film.getFieldValues("genres")));
    assertEquals(List.of("prison"), List.copyOf(film.getFieldValues("keywords")));
    assertEquals("en", film.getFieldValue("original_language"));
    assertEquals(136.7f, film.getFieldValue("popularity"));
    assertEquals("1994-09-23T00:00:00Z", film.getFieldValue("release_date"));
    assertEquals(8.5f, film.getFieldValue("vote_average"));
    assertEquals(8205, film.getFieldValue("vote_count"));
  }

  @Test
  public void theKeyStandsInForAMissingId() throws IOException {
    assertEquals("7", film("{\"title\":\"x\"}").id());
  }

  @Test
  public void theRecordsOwnIdComesBeforeTheKey() throws IOException {
    assertEquals("8", film("{\"id\":8,\"title\":\"x\"}").id());
  }

  @Test
  public void anArrayElementWithoutAnIdIsSkippedByItsPlace() throws IOException {
    assertEquals(
        new TmdbRecord.Skipped("#2", "no id"),
        read("[{\"id\":1,\"title\":\"x\"},{\"title\":\"y\"}]").get(1));
  }

  @Test
  public void aBlankKeyIsNoId() throws IOException {
    assertEquals(List.of(new TmdbRecord.Skipped("#1", "no id")), read("{\" \":{\"title\":\"x\"}}"));
  }

  @Test
  public void anEmptyRecordIsSkipped() throws IOException {
    assertEquals(List.of(new TmdbRecord.Skipped("999000001", "empty")), read("{\"999000001\":{}}"));
  }

  @Test
  public void aMissingANullAndABlankTitleAreSkipped() throws IOException {
    for (String record : List.of("{\"id\":1}", "{\"title\":null}", "{\"title\":\" \"}")) {
      assertEquals(
          record, new TmdbRecord.Skipped("1", "no title"), read("{\"1\":" + record + "}").get(0));
    }
  }

  @Test
  public void aRecordThatIsNoObjectIsSkipped() throws IOException {
    assertEquals(
        List.of(
            new TmdbRecord.Skipped("a", "not an object"),
            new TmdbRecord.Skipped("b", "not an object"),
            new TmdbRecord.Skipped("c", "not an object")),
        read("{\"a\":null,\"b\":[{}],\"c\":3}"));
  }

  @Test
  public void aNullOverviewIsAbsentAndNotLeftOut() throws IOException {
    TmdbRecord.Film film = film("{\"title\":\"x\",\"overview\":null}");
    assertNull(film.document().getField("overview"));
    assertEquals(List.of(), film.leftOut());
  }

  @Test
  public void anEmptyReleaseDateIsAbsentAndNotLeftOut() throws IOException {
    TmdbRecord.Film film = film("{\"title\":\"x\",\"release_date\":\"\"}");
    assertNull(film.document().getField("release_date"));
    assertEquals(List.of(), film.leftOut());
  }

  @Test
  public void aReleaseTimeIsItsDay() throws IOException {
    assertEquals(
        "1994-09-23T00:00:00Z",
        document("{\"title\":\"x\",\"release_date\":\"1994-09-23T20:15:00Z\"}")
            .getFieldValue("release_date"));
  }

  @Test
  public void numbersInStringsAreNumbers() throws IOException {
    SolrInputDocument film =
        document("{\"title\":1917,\"vote_count\":\" 12 \",\"popularity\":\"1.5\"}");
    assertEquals("1917", film.getFieldValue("title"));
    assertEquals(12, film.getFieldValue("vote_count"));
    assertEquals(1.5f, film.getFieldValue("popularity"));
  }

  @Test
  public void valuesOfTheWrongTypeAreLeftOutAndNamed() throws IOException {
    TmdbRecord.Film film =
        film(
            "{\"title\":\"x\",\"overview\":{\"en\":\"y\"},\"vote_count\":\"many\","
                + "\"vote_average\":true,\"popularity\":1e99,\"release_date\":\"1994\","
                + "\"genres\":\"Drama\",\"keywords\":[{\"id\":3}]}");
    assertEquals(
        List.of(
            "overview",
            "keywords",
            "genres",
            "release_date",
            "vote_average",
            "vote_count",
            "popularity"),
        film.leftOut());
    assertEquals(List.of("id", "title"), List.copyOf(film.document().getFieldNames()));
  }

  @Test
  public void aVoteCountThatIsNoIntIsLeftOut() throws IOException {
    for (String count : List.of("1.5", "3000000000", "\"NaN\"")) {
      assertEquals(
          count,
          List.of("vote_count"),
          film("{\"title\":\"x\",\"vote_count\":" + count + "}").leftOut());
    }
  }

  @Test
  public void unknownFieldsAreIgnored() throws IOException {
    assertEquals(
        List.of("id", "title"),
        List.copyOf(
            document("{\"title\":\"x\",\"credits\":{\"cast\":[{\"a\":[[1]]}],\"title\":\"no\"}}")
                .getFieldNames()));
  }

  @Test
  public void textKeepsItsScriptsAndEmoji() throws IOException {
    for (String text : List.of("Amélie", "千と千尋の神隠し", "עברית العربية", "👩‍🚀 in 🚀", "a\tb\nc")) {
      String json = new ObjectMapper().writeValueAsString(Map.of("title", "x", "overview", text));
      assertEquals(text, document(json).getFieldValue("overview"));
    }
  }
}
