// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.server;

import io.crossencoder.tools.common.CommandException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import javax.servlet.DispatcherType;
import org.apache.solr.core.CoreContainer;
import org.apache.solr.core.CoreDescriptor;
import org.apache.solr.servlet.CoreContainerProvider;
import org.apache.solr.servlet.SolrDispatchFilter;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ContextHandlerCollection;
import org.eclipse.jetty.server.handler.StatisticsHandler;
import org.eclipse.jetty.servlet.FilterHolder;
import org.eclipse.jetty.servlet.ServletContextHandler;
import org.eclipse.jetty.servlet.ServletHolder;

/**
 * Runs Solr's servlet filter in Jetty in this JVM, on 127.0.0.1 only, with HTTP/1.1 and unencrypted
 * HTTP/2.
 */
public final class SolrServer implements AutoCloseable {
  private static final String CONTEXT = "/solr";

  /** The value in Solr's own configuration of Jetty. */
  private static final long GRACE_MILLIS = 5_000;

  private static final long CORES_LOAD_MILLIS = 600_000;

  private final Server server = new Server();
  private final ServerConnector connector;
  private final Containers containers = new Containers();

  private SolrServer(Path home, int port) {
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    // Queries with long boolean clauses and filters can be GET requests.
    http.setRequestHeaderSize(64 * 1024);
    connector =
        new ServerConnector(
            server, new HttpConnectionFactory(http), new HTTP2CServerConnectionFactory(http));
    connector.setHost("127.0.0.1");
    connector.setPort(port);
    server.addConnector(connector);
    // Counts requests; without it, Jetty does not wait for running requests.
    StatisticsHandler graceful = new StatisticsHandler();
    graceful.setHandler(new ContextHandlerCollection(landing(), solr(home, port)));
    server.setHandler(graceful);
  }

  /**
   * Starts a server; returns when all cores are loaded.
   *
   * @param port 0 for any free port
   * @throws CommandException if the port is in use, or Solr or a core does not load; the server is
   *     then stopped
   */
  public static SolrServer start(Path home, int port) {
    SolrServer solr = new SolrServer(home, port);
    try {
      solr.server.start();
      solr.server.setStopTimeout(GRACE_MILLIS);
      solr.requireCores(home);
      return solr;
    } catch (IOException e) {
      solr.close();
      throw new CommandException("port " + port + " is not available: " + e.getMessage(), e);
    } catch (RuntimeException e) {
      solr.close();
      throw e;
    } catch (Exception e) {
      solr.close();
      throw new CommandException("Solr did not start: " + Reason.of(e), e);
    }
  }

  public int port() {
    return connector.getLocalPort();
  }

  /** Names of the loaded cores, sorted. */
  Set<String> cores() {
    return new TreeSet<>(containers.cores.getLoadedCoreNames());
  }

  /** Waits until the server is stopped. */
  void join() throws InterruptedException {
    server.join();
  }

  /**
   * Waits for running requests as long as Solr does, commits the updates in the log and frees the
   * models.
   */
  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new CommandException("Solr did not stop cleanly: " + Reason.of(e), e);
    }
  }

  private void requireCores(Path home) {
    if (containers.cores == null) {
      throw new CommandException(
          "Solr did not start with "
              + home.resolve("solr.xml")
              + ": "
              + Reason.of(containers.failure),
          containers.failure);
    }
    containers.cores.waitForLoadingCoresToFinish(CORES_LOAD_MILLIS);
    containers
        .cores
        .getCoreInitFailures()
        .forEach(
            (core, failure) -> {
              throw new CommandException(
                  "core " + core + " did not load: " + Reason.of(failure.exception),
                  failure.exception);
            });
    // After an Error, Solr lists neither the core nor a failure.
    for (CoreDescriptor core : containers.cores.getCoreDescriptors()) {
      if (core.isLoadOnStartup() && !containers.cores.isLoaded(core.getName())) {
        throw new CommandException("core " + core.getName() + " did not load; see the log");
      }
    }
  }

  private ServletContextHandler solr(Path home, int port) {
    ServletContextHandler context = new ServletContextHandler(null, CONTEXT);
    Properties node = new Properties();
    node.setProperty("hostPort", Integer.toString(port));
    node.setProperty("hostContext", CONTEXT);
    context.setAttribute(SolrDispatchFilter.PROPERTIES_ATTRIBUTE, node);
    context.setAttribute(SolrDispatchFilter.SOLRHOME_ATTRIBUTE, home.toString());
    context.addEventListener(containers);
    context.addFilter(
        new FilterHolder(new SecurityHeaders()), "/*", EnumSet.of(DispatcherType.REQUEST));
    context.addFilter(SolrDispatchFilter.class, "/*", EnumSet.of(DispatcherType.REQUEST));
    context.addServlet(new ServletHolder(new LandingServlet()), "/");
    return context;
  }

  private static ServletContextHandler landing() {
    ServletContextHandler context = new ServletContextHandler(null, "/");
    context.addServlet(new ServletHolder(new LandingServlet()), "/");
    return context;
  }

  /** Solr's listener logs a startup failure and continues; this one keeps the exception. */
  private static final class Containers extends CoreContainerProvider {
    private volatile CoreContainer cores;
    private volatile RuntimeException failure;

    @Override
    protected CoreContainer createCoreContainer(Path home, Properties node) {
      try {
        cores = super.createCoreContainer(home, node);
        return cores;
      } catch (RuntimeException e) {
        failure = e;
        throw e;
      }
    }
  }
}
