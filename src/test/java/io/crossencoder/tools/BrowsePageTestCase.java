// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools;

import static org.junit.Assert.assertEquals;

import io.crossencoder.browser.Chromium;
import io.crossencoder.browser.Tab;
import io.crossencoder.tools.common.Progress;
import io.crossencoder.tools.films.TmdbIndexer;
import java.util.List;
import org.apache.solr.client.solrj.SolrClient;
import org.apache.solr.common.SolrInputDocument;
import org.junit.After;
import org.junit.Before;
import org.junit.BeforeClass;
import org.junit.ClassRule;

/** A tab with the browse page, under the Content-Security-Policy of Solr's own server. */
public abstract class BrowsePageTestCase {

  // First, so that Solr is not started without a browser.
  @ClassRule(order = 0)
  public static final Chromium CHROMIUM = new Chromium();

  @ClassRule(order = 1)
  public static final FilmsSolr SOLR = new FilmsSolr();

  static final String FIRST = "#first h3";
  static final String SECOND = "#second h3";
  static final String MARKUP = "<img src=x onerror=\"document.title='broken'\"> zebra";

  Tab tab;

  @BeforeClass
  public static void indexFilms() throws Exception {
    new TmdbIndexer(SOLR.target(), 500).index(FilmsSolr.sample(), size -> Progress.NONE);
    try (SolrClient client = SOLR.target().connect()) {
      client.add(
          new SolrInputDocument(
              "id",
              "<b>markup</b>",
              "title",
              MARKUP,
              "overview",
              "<script>alert(1)</script> </p>"));
      client.commit();
    }
  }

  @Before
  public void openTab() {
    tab = CHROMIUM.open();
  }

  @After
  public void hearNoComplaints() {
    tab.close();
    assertEquals(List.of(), tab.complaints());
  }

  void go(String query) {
    tab.go(SOLR.target().url() + "/tmdb/browse" + query);
    tab.await("document.title !== 'Browse'");
  }

  void search(String query) {
    go(query);
    tab.await("document.querySelectorAll('#second .hit').length > 0");
  }
}
