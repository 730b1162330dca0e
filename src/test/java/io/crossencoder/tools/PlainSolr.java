// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.solr.embedded.JettyConfig;
import org.apache.solr.embedded.JettySolrRunner;

/** A Solr with solr-config's schema and without the plugin, as the indexing needs no model. */
final class PlainSolr {
  private static final Path CONFIG = Path.of(System.getProperty("project.root"), "solr-config");

  private final JettySolrRunner jetty;

  private PlainSolr(JettySolrRunner jetty) {
    this.jetty = jetty;
  }

  static PlainSolr start(Path home) throws Exception {
    Path conf = Files.createDirectories(home.resolve("tmdb/conf"));
    for (String file : new String[] {"schema.xml", "stopwords.txt"}) {
      Files.copy(CONFIG.resolve(file), conf.resolve(file));
    }
    Files.writeString(conf.resolve("solrconfig.xml"), withoutPlugin());
    Files.writeString(home.resolve("tmdb/core.properties"), "name=tmdb\n");
    Files.writeString(home.resolve("solr.xml"), "<solr/>\n");
    JettySolrRunner jetty =
        new JettySolrRunner(home.toString(), JettyConfig.builder().setContext("/solr").build());
    jetty.start();
    return new PlainSolr(jetty);
  }

  private static String withoutPlugin() throws IOException {
    return Files.readString(CONFIG.resolve("solrconfig.xml"))
        .replaceAll(
            "(?s)<(queryParser|transformer|valueSourceParser|searchComponent)\\s[^>]*crossencoder.*?</\\1>",
            "")
        .replaceAll(
            "(?s)<(queryParser|transformer|valueSourceParser|searchComponent)\\s[^>]*crossencoder[^>]*/>",
            "")
        .replaceAll("(?s)<arr name=\"[a-z]+-components\">.*?</arr>", "");
  }

  SolrTarget target(String collection) {
    return new SolrTarget(URI.create(jetty.getBaseUrl().toString()), collection);
  }

  void stop() throws Exception {
    jetty.stop();
  }
}
