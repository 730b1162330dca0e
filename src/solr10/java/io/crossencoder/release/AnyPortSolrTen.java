// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.release;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.TimeoutException;
import org.apache.solr.core.CoreContainer;
import org.apache.solr.embedded.JettyConfig;
import org.apache.solr.embedded.JettySolrRunner;

/**
 * The main class of a Solr 10 over HTTP: prints its port, and exits at the end of its standard
 * input. Uses embedded Jetty 12, like Solr's own tests, and the headers of Solr's jetty.xml.
 */
public final class AnyPortSolrTen {

  private AnyPortSolrTen() {}

  /** The headers of Solr's own server that affect a page in a browser. */
  public static final class SecurityHeaders implements Filter {
    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
        throws IOException, ServletException {
      HttpServletResponse http = (HttpServletResponse) response;
      http.setHeader(
          "Content-Security-Policy",
          "default-src 'none'; base-uri 'none'; connect-src 'self'; form-action 'self'; font-src"
              + " 'self'; frame-ancestors 'none'; img-src 'self' data:; media-src 'self';"
              + " style-src 'self' 'unsafe-inline'; script-src 'self'; worker-src 'self';");
      http.setHeader("X-Content-Type-Options", "nosniff");
      http.setHeader("X-Frame-Options", "SAMEORIGIN");
      http.setHeader("X-XSS-Protection", "1; mode=block");
      chain.doFilter(request, response);
    }
  }

  public static void main(String[] home) throws Exception {
    JettyConfig config =
        JettyConfig.builder().setPort(0).withFilter(SecurityHeaders.class, "/*").build();
    JettySolrRunner server = new JettySolrRunner(home[0], config);
    server.start();
    CoreContainer node = server.getCoreContainer();
    node.waitForLoadingCoresToFinish(60_000);
    node.getCoreInitFailures()
        .forEach((core, failure) -> System.out.println("failed " + core + failure.exception));
    if (!node.getCoreInitFailures().isEmpty()) {
      System.exit(1);
    }
    System.out.println("port " + server.getLocalPort());
    while (System.in.read() >= 0) {
      // The input ends when the test closes it or the JVM of the test exits.
    }
    try {
      server.stop();
    } catch (TimeoutException e) {
      // Jetty waits for some seconds before it closes an unused connection.
      System.out.println("Jetty waited for an idle connection");
    }
    System.exit(0);
  }
}
