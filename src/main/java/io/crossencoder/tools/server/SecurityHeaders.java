// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.server;

import java.io.IOException;
import javax.servlet.Filter;
import javax.servlet.FilterChain;
import javax.servlet.ServletException;
import javax.servlet.ServletRequest;
import javax.servlet.ServletResponse;
import javax.servlet.http.HttpServletResponse;

/**
 * Adds the headers of Solr's own server (server/etc/jetty.xml), so that a page that works here also
 * works there.
 */
final class SecurityHeaders implements Filter {

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    HttpServletResponse http = (HttpServletResponse) response;
    http.setHeader(
        "Content-Security-Policy",
        "default-src 'none'; base-uri 'none'; connect-src 'self'; form-action 'self'; font-src"
            + " 'self'; frame-ancestors 'none'; img-src 'self' data:; media-src 'self'; style-src"
            + " 'self' 'unsafe-inline'; script-src 'self'; worker-src 'self';");
    http.setHeader("X-Content-Type-Options", "nosniff");
    http.setHeader("X-Frame-Options", "SAMEORIGIN");
    http.setHeader("X-XSS-Protection", "1; mode=block");
    chain.doFilter(request, response);
  }
}
