// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.server;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import io.crossencoder.Http;
import io.crossencoder.tools.common.CommandException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class SolrServerTest {
  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  @Test
  public void searchesOverHttp() throws Exception {
    try (SolrServer server = SolrServer.start(home("").path(), 0)) {
      HttpResponse<String> response = get(server, "/solr/tmdb/select?q=*:*");
      assertEquals(200, response.statusCode());
      assertTrue(response.body(), response.body().contains("\"numFound\":0"));
    }
  }

  @Test
  public void saysAtTheTopWhereToQuery() throws Exception {
    try (SolrServer server = SolrServer.start(home("").path(), 0)) {
      String query = "http://127.0.0.1:" + server.port() + "/solr/tmdb/select?";
      assertTrue(get(server, "/").body().contains(query));
      assertTrue(get(server, "/solr/").body().contains(query));
      assertEquals(404, get(server, "/solr/other").statusCode());
    }
  }

  @Test
  public void namesTheCoreThatDoesNotLoadAndWhy() throws Exception {
    Path home = home("<queryParser name=\"x\" class=\"no.such.Plugin\"/>").path();
    CommandException failure =
        assertThrows(CommandException.class, () -> SolrServer.start(home, 0));
    assertEquals(
        "core tmdb did not load: Error loading class 'no.such.Plugin'", failure.getMessage());
  }

  @Test
  public void namesTheFileWhereSolrItselfDoesNotLoad() throws Exception {
    Path solrXml = home("").path().resolve("solr.xml");
    Files.writeString(solrXml, "<solr");
    CommandException failure =
        assertThrows(CommandException.class, () -> SolrServer.start(solrXml.getParent(), 0));
    assertTrue(failure.getMessage(), failure.getMessage().contains(solrXml + ": "));
  }

  @Test
  public void namesThePortThatIsTaken() throws Exception {
    Path home = home("").path();
    try (SolrServer server = SolrServer.start(home, 0)) {
      Path other = SmallHome.create(folder.newFolder().toPath(), "").path();
      CommandException failure =
          assertThrows(CommandException.class, () -> SolrServer.start(other, server.port()));
      assertTrue(failure.getMessage(), failure.getMessage().contains("port " + server.port()));
    }
  }

  private SolrHome home(String extraConfig) throws IOException {
    return SmallHome.create(folder.getRoot().toPath().resolve("home"), extraConfig);
  }

  private static HttpResponse<String> get(SolrServer server, String path) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + server.port() + path);
    return Http.send(HttpRequest.newBuilder(uri));
  }
}
