// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools;

import io.crossencoder.ShippedConfig;
import io.crossencoder.tools.common.SolrProbe;
import io.crossencoder.tools.common.SolrTarget;
import io.crossencoder.tools.server.SolrHome;
import io.crossencoder.tools.server.SolrServer;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.io.FileUtils;
import org.apache.solr.client.solrj.SolrClient;
import org.junit.rules.ExternalResource;
import org.junit.rules.TemporaryFolder;

/** A Solr over HTTP with the bundled configset and model, initially empty. */
public final class FilmsSolr extends ExternalResource {
  private static final Path ROOT = Path.of(System.getProperty("project.root"));

  private final TemporaryFolder folder = new TemporaryFolder();
  private Path home;
  private AutoCloseable server;
  private int port;

  @Override
  protected void before() throws Throwable {
    folder.create();
    home = folder.newFolder("solr home").toPath();
    Path core = home.resolve(SolrHome.CORE);
    Path conf = core.resolve("conf");
    FileUtils.copyDirectory(ShippedConfig.PLACE.toFile(), conf.toFile());
    FileUtils.copyDirectory(ROOT.resolve("conf/models").toFile(), home.resolve("models").toFile());
    Files.writeString(core.resolve("core.properties"), "name=" + SolrHome.CORE);
    Files.writeString(home.resolve("solr.xml"), "<solr/>");
    if (OtherServer.COMMAND.isEmpty()) {
      SolrServer here = SolrServer.start(home, 0);
      server = here;
      port = here.port();
    } else {
      OtherServer other = new OtherServer(home);
      server = other;
      port = other.port();
    }
  }

  @Override
  protected void after() {
    try {
      if (server != null) {
        server.close();
      }
    } catch (Exception e) {
      throw new AssertionError("Solr does not stop", e);
    }
    folder.delete();
  }

  public static Path sample() {
    return ROOT.resolve("conf/sample/tmdb.json");
  }

  Path home() {
    return home;
  }

  int port() {
    return port;
  }

  public SolrTarget target() {
    return target(SolrHome.CORE);
  }

  public SolrTarget target(String collection) {
    return new SolrTarget(URI.create(new SolrProbe(port).url()), collection);
  }

  public void clear() throws Exception {
    try (SolrClient client = target().connect()) {
      client.deleteByQuery("*:*");
      client.commit();
    }
  }
}
