// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.crossencoder.ShippedConfig;
import io.crossencoder.engine.HeldWorkers;
import io.crossencoder.engine.TestModels;
import io.crossencoder.solr.models.NodeRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.solr.SolrTestCase;
import org.apache.solr.client.solrj.SolrClient;
import org.apache.solr.client.solrj.SolrServerException;
import org.apache.solr.client.solrj.response.QueryResponse;
import org.apache.solr.common.SolrDocument;
import org.apache.solr.common.SolrException;
import org.apache.solr.common.SolrInputDocument;
import org.apache.solr.common.params.ModifiableSolrParams;
import org.apache.solr.common.util.NamedList;
import org.apache.solr.util.EmbeddedSolrServerTestRule;
import org.junit.BeforeClass;
import org.junit.ClassRule;

/** A Solr with the bundled configset, model and films, for a test class. */
public abstract class FilmsTestCase extends SolrTestCase {

  @ClassRule public static final EmbeddedSolrServerTestRule solr = new EmbeddedSolrServerTestRule();

  static final Path ROOT = Path.of(System.getProperty("project.root", "."));

  private static final List<String> FIELDS =
      List.of("id", "title", "overview", "original_language", "popularity", "vote_count");

  @BeforeClass
  public static void startSolr() throws Exception {
    solr.startSolr(home("tmdb"));
    index(solr.getSolrClient("tmdb"));
  }

  /** A Solr home with the bundled model and these cores. */
  static Path home(String... cores) throws IOException {
    // In the default file system, because native code supports no other.
    Path home = Path.of(createTempDir("solr home").toString());
    Files.writeString(home.resolve("solr.xml"), "<solr/>");
    TestModels.copy(TestModels.STARTER, home.resolve("models"));
    for (String core : cores) {
      Files.writeString(core(home, core).resolve("core.properties"), "name=" + core);
    }
    return home;
  }

  /** The directory of a core with the bundled configuration. */
  static Path core(Path home, String name) throws IOException {
    Path core = Files.createDirectories(home.resolve(name));
    Files.move(ShippedConfig.copy(core), core.resolve("conf"));
    return core;
  }

  static void index(SolrClient client) throws SolrServerException, IOException {
    client.add(films());
    client.commit();
  }

  /** The bundled films as documents of the bundled schema. */
  static List<SolrInputDocument> films() throws IOException {
    return films(ROOT.resolve("conf/sample/tmdb.json"));
  }

  /** The films of a file with the format of the bundled one. */
  static List<SolrInputDocument> films(Path file) throws IOException {
    List<SolrInputDocument> documents = new ArrayList<>();
    for (JsonElement film :
        JsonParser.parseString(Files.readString(file)).getAsJsonObject().asMap().values()) {
      if (film.getAsJsonObject().has("id")) {
        documents.add(document(film.getAsJsonObject()));
      }
    }
    return documents;
  }

  private static SolrInputDocument document(JsonObject film) {
    SolrInputDocument document = new SolrInputDocument();
    for (String field : FIELDS) {
      if (film.has(field) && !film.get(field).isJsonNull()) {
        document.addField(field, film.get(field).getAsString());
      }
    }
    for (String field : List.of("keywords", "genres")) {
      JsonArray values = film.getAsJsonArray(field);
      for (JsonElement value : values == null ? new JsonArray() : values) {
        document.addField(field, value.getAsJsonObject().get("name").getAsString());
      }
    }
    return document;
  }

  /** Holds the workers until the result is closed. */
  static HeldWorkers holdWorkers() {
    return HeldWorkers.of(NodeRegistry.of(solr.getCoreContainer()));
  }

  /** Searches with pairs of parameter and value. */
  static QueryResponse select(String... params) throws SolrServerException, IOException {
    ModifiableSolrParams request = new ModifiableSolrParams();
    for (int i = 0; i < params.length; i += 2) {
      request.add(params[i], params[i + 1]);
    }
    return solr.getSolrClient("tmdb").query(request);
  }

  /** More pairs of parameter and value. */
  static String[] with(String[] params, String... more) {
    List<String> all = new ArrayList<>(List.of(params));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }

  /** The message of the HTTP 400 that this request must receive. */
  static String badRequest(String... params) {
    SolrException e = expectThrows(SolrException.class, () -> select(params));
    assertEquals(e.getMessage(), SolrException.ErrorCode.BAD_REQUEST.code, e.code());
    return e.getMessage();
  }

  static List<String> titles(QueryResponse response) {
    return response.getResults().stream().map(hit -> (String) hit.get("title")).toList();
  }

  static List<String> ids(QueryResponse response) {
    return response.getResults().stream().map(hit -> (String) hit.get("id")).toList();
  }

  static float score(SolrDocument hit) {
    return (Float) hit.get("score");
  }

  /** The response section of the reranking. */
  @SuppressWarnings("unchecked")
  static NamedList<Object> section(QueryResponse response) {
    return (NamedList<Object>) response.getResponse().get("crossEncoder");
  }
}
