// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A Solr home directory with the core tmdb and without the plugin. */
final class SmallHome {
  private SmallHome() {}

  /** Creates the directory, with {@code extra} as additional XML in solrconfig.xml. */
  static SolrHome create(Path path, String extra) throws IOException {
    Path conf = path.resolve("tmdb/conf");
    Files.createDirectories(conf);
    Files.writeString(path.resolve("solr.xml"), "<solr/>");
    Files.writeString(path.resolve("tmdb/core.properties"), "name=tmdb");
    Files.writeString(
        conf.resolve("schema.xml"),
        """
        <schema name="small" version="1.6">
          <uniqueKey>id</uniqueKey>
          <field name="id" type="string" indexed="true" stored="true" required="true"/>
          <fieldType name="string" class="solr.StrField"/>
        </schema>
        """);
    Files.writeString(
        conf.resolve("solrconfig.xml"),
        """
        <config>
          <luceneMatchVersion>LATEST</luceneMatchVersion>
          <directoryFactory name="DirectoryFactory" class="solr.NRTCachingDirectoryFactory"/>
          <schemaFactory class="ClassicIndexSchemaFactory"/>
          <requestHandler name="/select" class="solr.SearchHandler"/>
          EXTRA
        </config>
        """
            .replace("EXTRA", extra));
    return new SolrHome(path);
  }
}
