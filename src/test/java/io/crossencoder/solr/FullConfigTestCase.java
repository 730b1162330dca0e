// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.solr;

import io.crossencoder.engine.ModelRegistry;
import io.crossencoder.engine.TestModels;
import io.crossencoder.model.CrossEncoder;
import io.crossencoder.model.Deadline;
import io.crossencoder.model.ModelOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.solr.client.solrj.SolrClient;
import org.apache.solr.client.solrj.SolrServerException;
import org.apache.solr.client.solrj.response.QueryResponse;
import org.apache.solr.common.SolrDocument;
import org.apache.solr.common.SolrInputDocument;
import org.apache.solr.common.params.ModifiableSolrParams;
import org.junit.AfterClass;
import org.junit.BeforeClass;

/**
 * The films in a Solr with features that the bundled configset does not use: elevation, spelling,
 * vectors, nested documents, more handlers, several segments, and deleted documents.
 */
public abstract class FullConfigTestCase extends FilmsTestCase {

  /** The query of most tests; more than 40 films match. */
  static final String Q = "vietnam war";

  /** A separate model for the tests, which shares nothing with that of Solr. */
  private static ModelRegistry registry;

  private static CrossEncoder model;

  @BeforeClass
  public static void openModel() {
    registry = new ModelRegistry(ModelRegistry.Settings.defaults());
    model = registry.open(TestModels.STARTER, ModelOptions.DEFAULTS);
  }

  @AfterClass
  public static void closeModel() {
    registry.close();
    registry = null;
    model = null;
  }

  @BeforeClass
  public static void addTheRest() throws Exception {
    configure(solr.getCoreContainer().getConfig().getSolrHome().resolve("tmdb/conf"));
    solr.getCoreContainer().reload("tmdb");
    List<SolrInputDocument> films = films();
    Random random = new Random(42);
    for (SolrInputDocument film : films) {
      film.addField(
          "vector_of_four", IntStream.range(0, 4).mapToObj(i -> random.nextFloat()).toList());
      film.addField("kind", "film");
    }
    SolrClient client = solr.getSolrClient("tmdb");
    client.deleteByQuery("*:*");
    indexInSegments(4, client, films);
    client.deleteByQuery("id:deleted*");
    client.commit();
  }

  private static void configure(Path conf) throws IOException {
    Files.writeString(
        conf.resolve("elevate.xml"),
        "<elevate><query text='prison escape'><doc id='11'/></query></elevate>");
    Files.writeString(
        conf.resolve("params.json"), "{params: {reranked: {rq: '{!crossencoder reRankDocs=20}'}}}");
    Path schema = conf.resolve("schema.xml");
    Files.writeString(
        schema,
        Files.readString(schema)
            .replace(
                "</schema>",
                "<field name='_root_' type='string' indexed='true' stored='false'/>"
                    + "<field name='kind' type='string' indexed='true' stored='true'/>"
                    + "<field name='script' type='text_en' indexed='true' stored='true'"
                    + "  large='true'/>"
                    + "<field name='vector_of_four' type='vector4' indexed='true' stored='true'/>"
                    + "<fieldType name='vector4' class='solr.DenseVectorField'"
                    + "  vectorDimension='4' similarityFunction='cosine'/>"
                    + "</schema>"));
    Path config = conf.resolve("solrconfig.xml");
    String shipped = Files.readString(config);
    String select =
        shipped.substring(
            shipped.indexOf("<requestHandler name=\"/select\""),
            shipped.indexOf("<requestHandler name=\"/update\""));
    Files.writeString(
        config,
        shipped
            .replace(
                select,
                elevatingAndSpelling(select)
                    + handler(select, "/appends", list("appends"))
                    + handler(select, "/invariants", list("invariants"))
                    + handler(select, "/defaults", "")
                        .replace("<lst name=\"defaults\">", "<lst name=\"defaults\">" + RQ))
            .replace(
                "</config>",
                "<searchComponent name='elevator' class='solr.QueryElevationComponent'>"
                    + "<str name='queryFieldType'>string</str>"
                    + "<str name='config-file'>elevate.xml</str></searchComponent>"
                    + "<searchComponent name='spelling' class='solr.SpellCheckComponent'>"
                    + "<lst name='spellchecker'><str name='field'>overview</str>"
                    + "<str name='classname'>solr.DirectSolrSpellChecker</str></lst>"
                    + "</searchComponent></config>"));
  }

  private static final String RQ = "<str name='rq'>{!crossencoder reRankDocs=20}</str>";

  private static String list(String name) {
    return "<lst name='" + name + "'>" + RQ + "</lst>";
  }

  /** A copy of the bundled handler with another name and additional elements. */
  private static String handler(String select, String name, String more) {
    return select
        .replace("\"/select\"", "\"" + name + "\"")
        .replace("</requestHandler>", more + "</requestHandler>");
  }

  /** A copy of the bundled handler with these components before the other last-components. */
  private static String elevatingAndSpelling(String select) {
    String last = "<arr name=\"last-components\">";
    return select.replace(last, last + "<str>elevator</str><str>spelling</str>");
  }

  /** Segments, each with films and an additional document that a test can delete. */
  static void indexInSegments(int segments, SolrClient client, List<SolrInputDocument> films)
      throws Exception {
    int each = films.size() / segments + 1;
    for (int i = 0; i < segments; i++) {
      client.add(films.subList(i * each, Math.min(films.size(), (i + 1) * each)));
      client.add(new SolrInputDocument("id", "deleted" + i, "title", Q, "overview", Q));
      client.commit();
    }
  }

  /** The ids of these films in the order of the model, which is called directly. */
  static List<String> byModel(String text, List<SolrDocument> films) {
    List<String> passages =
        films.stream().map(film -> film.get("title") + "\n\n" + film.get("overview")).toList();
    float[] logits = model.score(text, passages, Deadline.NONE).logits();
    return IntStream.range(0, logits.length)
        .boxed()
        .sorted((a, b) -> Float.compare(logits[b], logits[a]))
        .map(i -> (String) films.get(i).get("id"))
        .toList();
  }

  /**
   * Requests 20 hits with and without reranking, and checks that the reranked order is that of the
   * model.
   *
   * @param text query text for the model
   * @return the reranked response
   */
  static QueryResponse assertReranked(String text, String... params) throws Exception {
    List<SolrDocument> firstPass = select(with(params, "rows", "20", "fl", "*,score")).getResults();
    assertTrue(firstPass.size() + " hits", firstPass.size() > 3);
    QueryResponse reranked =
        select(
            with(
                params,
                "rows",
                "20",
                "rq",
                "{!crossencoder reRankDocs=20 query=$words}",
                "words",
                text));
    assertEquals(byModel(text, firstPass), ids(reranked));
    return reranked;
  }

  /** The response that an HTTP client receives. */
  static String written(String wt, String... params) throws SolrServerException, IOException {
    ModifiableSolrParams request = new ModifiableSolrParams();
    for (int i = 0; i < params.length; i += 2) {
      request.add(params[i], params[i + 1]);
    }
    try (InputStream stream = UnreadResponse.of(solr.getSolrClient("tmdb"), request, wt)) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
