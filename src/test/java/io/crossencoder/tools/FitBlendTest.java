// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.crossencoder.tools.search.RerankSearch;
import io.crossencoder.tools.search.ResultPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.solr.client.solrj.SolrClient;
import org.apache.solr.client.solrj.SolrQuery;
import org.junit.Test;

/** The commands fit-blend and training-data, with a real Solr. */
public final class FitBlendTest extends EvaluateTestCase {
  private static final List<String> QUERIES =
      List.of("war", "love", "space", "robot", "prison", "family", "murder", "boy", "city", "girl");

  /** All results are judged: the first three of the model are relevant. */
  private Path judgedByTheModel(int depth) throws Exception {
    StringBuilder judged = new StringBuilder("query,docid,rating\n");
    try (SolrClient client = SOLR.target().connect()) {
      for (String query : QUERIES) {
        List<ResultPage.Hit> hits =
            new RerankSearch(client, SOLR.target()).reranked(query, depth, depth, null).hits();
        for (int i = 0; i < hits.size(); i++) {
          judged.append(query).append(',').append(hits.get(i).id()).append(i < 3 ? ",1\n" : ",0\n");
        }
      }
    }
    return Files.writeString(folder.newFile().toPath(), judged);
  }

  private int fit(Path judgments, String... more) {
    String[] command = {
      "fit-blend", "--solr", SOLR.target().url(), "--judgments", judgments.toString(),
    };
    return run(
        java.util.stream.Stream.of(command, more)
            .flatMap(java.util.Arrays::stream)
            .toArray(String[]::new));
  }

  @Test
  public void recommendsTheModelAloneWhereItIsRight() throws Exception {
    assertEquals(
        err.toString(),
        0,
        fit(judgedByTheModel(20), "--depth=20", "--features=ce,score,ceProb,vote_count"));
    assertTrue(out.toString(), out.toString().endsWith("blend=ce\n"));
    assertTrue(out.toString(), out.toString().contains("first pass"));
    assertFalse(out.toString(), out.toString().contains("WARNING"));
    String first = out.toString();
    out.getBuffer().setLength(0);
    fit(judgedByTheModel(20), "--depth=20", "--features=ce,score,ceProb,vote_count");
    assertEquals("the same seed, the same answer", first, out.toString());
  }

  @Test
  public void saysThatJudgmentsOfFewHitsSupportNoChoice() throws Exception {
    Path few = folder.newFile().toPath();
    List<String> lines = Files.readAllLines(judgedByTheModel(20));
    Files.write(
        few,
        lines.stream().filter(line -> line.endsWith("rating") || line.endsWith(",1")).toList());
    assertEquals(0, fit(few, "--depth=20"));
    assertTrue(out.toString(), out.toString().contains("NO RECOMMENDATION: only"));
    assertFalse(out.toString(), out.toString().contains("\nblend="));
  }

  @Test
  public void aFieldThatIsNoNumberAndTooFewQueriesAreRefused() throws Exception {
    assertEquals(1, fit(judgedByTheModel(5), "--features=ce,title"));
    assertTrue(err.toString(), err.toString().contains("the field title is not a number"));
    Path one = Files.writeString(folder.newFile().toPath(), "query,docid,rating\nwar,28,1\n");
    assertEquals(1, fit(one));
    assertTrue(err.toString(), err.toString().contains("1 queries with a relevant document"));
  }

  @Test
  public void trainingReadsThePassagesThatThePluginReads() throws IOException, Exception {
    Path file = folder.getRoot().toPath().resolve("data.jsonl");
    Path judgments =
        Files.writeString(folder.newFile().toPath(), "query,docid,weight\nvietnam war,792,7\n");
    assertEquals(
        0,
        run(
            "training-data",
            "--solr=" + SOLR.target().url(),
            "--judgments=" + judgments,
            "--depth=10",
            "--to=" + file));
    List<JsonNode> lines = Files.readAllLines(file).stream().map(FitBlendTest::json).toList();
    assertEquals("[\"title\",\"overview\"]", lines.get(0).get("fields").toString());
    Map<String, String> passages =
        lines.stream()
            .filter(line -> line.has("passage"))
            .collect(
                Collectors.toMap(line -> line.get("id").asText(), l -> l.get("passage").asText()));
    assertEquals("ten candidates and the judged one", 11, passages.size());
    JsonNode query = lines.get(lines.size() - 1);
    assertEquals("vietnam war", query.get("text").asText());
    JsonNode judged = query.get("candidates").get(10);
    assertEquals("{\"id\":\"792\",\"rank\":null,\"score\":null,\"grade\":7.0}", judged.toString());
    assertTrue(query.toString(), query.get("candidates").get(0).get("score").asDouble() > 0);
    assertEquals(window("792"), passages.get("792"));
  }

  private static JsonNode json(String line) {
    try {
      return new ObjectMapper().readTree(line);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** The text for the model, from the plugin. */
  private static String window(String id) throws Exception {
    try (SolrClient client = SOLR.target().connect()) {
      SolrQuery query = new SolrQuery("{!term f=id}" + id);
      query.set("defType", "lucene");
      query.set("rq", "{!crossencoder passage=maxp query=war}");
      query.set("fl", "id,ce:[crossencoder window=true]");
      Object ce = client.query(query).getResults().get(0).getFieldValue("ce");
      return String.valueOf(((Map<?, ?>) ce).get("window"));
    }
  }
}
