// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.search;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import io.crossencoder.tools.FilmsSolr;
import io.crossencoder.tools.Main;
import io.crossencoder.tools.common.CommandException;
import io.crossencoder.tools.common.Progress;
import io.crossencoder.tools.films.TmdbIndexer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.solr.client.solrj.SolrClient;
import org.junit.After;
import org.junit.Before;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;

/** Searches of the bundled films with the bundled model. */
public final class RerankSearchTest {
  @ClassRule public static final FilmsSolr SOLR = new FilmsSolr();

  private SolrClient client;
  private RerankSearch search;

  @BeforeClass
  public static void indexTheSample() throws Exception {
    new TmdbIndexer(SOLR.target(), 500).index(FilmsSolr.sample(), size -> Progress.NONE);
  }

  @Before
  public void connect() {
    client = SOLR.target().connect();
    search = new RerankSearch(client, SOLR.target());
  }

  @After
  public void close() throws Exception {
    client.close();
  }

  private static List<String> ids(ResultPage page) {
    return page.hits().stream().map(ResultPage.Hit::id).toList();
  }

  @Test
  public void aHitHasTitleAndYear() {
    ResultPage.Hit hit = search.firstPass("platoon", 1).hits().get(0);
    assertEquals("Platoon (1986)      ", hit.label(20));
  }

  @Test
  public void rerankingChangesTheOrder() {
    assertNotEquals(
        ids(search.firstPass("vietnam war", 10)),
        ids(search.reranked("vietnam war", 10, 50, null)));
  }

  @Test
  public void eachFirstPassFindsFilmsOfItsOwnAndTheFusionThoseOfBoth() {
    RerankSearch vectors = new RerankSearch(client, SOLR.target(), FirstPass.VECTORS);
    RerankSearch fused = new RerankSearch(client, SOLR.target(), FirstPass.FUSED);
    List<String> lexical = ids(search.firstPass("vietnam war", 100));
    List<String> near = ids(vectors.firstPass("vietnam war", 100));
    assertNotEquals(lexical, near);
    TreeSet<String> both = new TreeSet<>(lexical);
    both.addAll(near);
    assertEquals(both, new TreeSet<>(ids(fused.firstPass("vietnam war", 200))));
    assertEquals(
        Set.copyOf(ids(fused.firstPass("vietnam war", 50))),
        Set.copyOf(ids(fused.reranked("vietnam war", 50, 50, null))));
  }

  @Test
  public void hybridShowsThreePairsOfPages() {
    StringWriter out = new StringWriter();
    String url = SOLR.target().url();
    int exit =
        Main.commandLine()
            .setOut(new PrintWriter(out))
            .execute("search", "--hybrid", "--rows", "3", "--solr", url, "vietnam war");
    assertEquals(0, exit);
    assertEquals(out.toString(), 3, out.toString().split("first pass  ", -1).length - 1);
    assertTrue(out.toString(), out.toString().contains("fused"));
  }

  @Test
  public void thePluginsSectionIsRead() {
    assertEquals("tmdb-starter", search.reranked("prison", 5, 7, null).crossEncoder().get("model"));
  }

  @Test
  public void theModelMayBeNamed() {
    assertEquals(
        ids(search.reranked("prison", 5, 7, null)),
        ids(search.reranked("prison", 5, 7, "tmdb-starter")));
  }

  @Test
  public void whatSolrRefusesIsSaidInItsWords() {
    CommandException failure =
        assertThrows(CommandException.class, () -> search.reranked("prison", 5, 7, "no}{!func"));
    assertTrue(failure.getMessage(), failure.getMessage().startsWith("crossencoder: model='no}{"));
  }

  @Test
  public void syntaxInTheTextIsText() {
    for (String text :
        List.of("{!term f=id}11", "_query_:\"{!term f=id v=11}\"", "id:11", "_val_:\"id\"")) {
      assertFalse(text, ids(search.firstPass(text, 1000)).contains("11"));
      assertFalse(text, ids(search.reranked(text, 1000, 50, null)).contains("11"));
    }
  }

  @Test
  public void macrosInTheTextAreText() {
    assertEquals(
        ids(search.firstPass("rows prison", 10)), ids(search.firstPass("${rows} prison", 10)));
  }

  @Test
  public void unbalancedSyntaxIsNoError() {
    for (String text : List.of("\"", "(((", "AND", "a OR", "title:", "[* TO", "\\", "~", "^2")) {
      search.firstPass(text, 10);
      search.reranked(text, 10, 50, null);
    }
  }
}
