// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;
import static org.junit.Assume.assumeTrue;

import io.crossencoder.Http;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.ClassRule;
import org.junit.Test;

/** The files of the browse page as an HTTP client gets them. */
public final class BrowseFilesTest {
  @ClassRule public static final FilmsSolr SOLR = new FilmsSolr();

  private static final Pattern REFERENCE = Pattern.compile("(?:src|href)=\"(browse/[^\"]+)\"");

  private static HttpResponse<String> send(String method, String path) throws Exception {
    URI uri = URI.create(SOLR.target().url() + "/tmdb/" + path);
    return Http.send(
        HttpRequest.newBuilder(uri).method(method, HttpRequest.BodyPublishers.noBody()));
  }

  private static String type(HttpResponse<?> response) {
    return response
        .headers()
        .firstValue("Content-Type")
        .orElse("")
        .replace(" ", "")
        .toLowerCase(Locale.ROOT);
  }

  @Test
  public void thePageIsHtmlAndWhatItRefersToIsThere() throws Exception {
    HttpResponse<String> page = send("GET", "browse");
    assertEquals(200, page.statusCode());
    assertEquals("text/html;charset=utf-8", type(page));
    Matcher references = REFERENCE.matcher(page.body());
    List<String> found = references.results().map(match -> match.group(1)).distinct().toList();
    assertTrue(found.toString(), found.size() >= 4);
    for (String file : found) {
      assertEquals(file, 200, send("GET", file).statusCode());
    }
  }

  @Test
  public void filesHaveTheirTypes() throws Exception {
    assertEquals("text/javascript;charset=utf-8", type(send("GET", "browse/app.js")));
    assertEquals("text/css;charset=utf-8", type(send("GET", "browse/base.css")));
    assertEquals("image/svg+xml", type(send("GET", "browse/icon.svg")));
  }

  @Test
  public void headIsAnsweredAsGetWithoutTheBody() throws Exception {
    HttpResponse<String> head = send("HEAD", "browse/app.js");
    assertEquals(200, head.statusCode());
    assertEquals("text/javascript;charset=utf-8", type(head));
    assertEquals("", head.body());
  }

  @Test
  public void theDefaultOfAnotherWriterDoesNotReachThePage() throws Exception {
    HttpResponse<String> page = send("GET", "browse?wt=xml&q=war");
    assertTrue(page.body(), page.body().startsWith("<!doctype html>"));
  }

  @Test
  public void nothingButTheFilesOfThePageIsServed() throws Exception {
    for (String path :
        List.of(
            "browse/index.html",
            "browse/other.js",
            "browse/../../solrconfig.xml",
            "browse/..%2f..%2fBrowseFile.class",
            "browse/%2e%2e/BrowseFile.class",
            "browse//etc/passwd",
            "browse/app.js%00.css")) {
      int status = send("GET", path).statusCode();
      assertTrue(path + " is " + status, status == 404 || status == 400);
    }
  }

  @Test
  public void theLandingPageLeadsToIt() throws Exception {
    assumeTrue("it is the project's own server that has it", OtherServer.COMMAND.isEmpty());
    String landing = send("GET", "..").body();
    assertTrue(landing, landing.contains(SOLR.target().url() + "/tmdb/browse\n"));
  }

  @Test
  public void scriptsFromElsewhereAndInTheMarkupAreForbiddenWithoutTheServersHelp()
      throws Exception {
    List<String> policies = send("GET", "browse").headers().allValues("Content-Security-Policy");
    // The first header is that of Solr's server, the second that of the handler.
    assertEquals(2, policies.size());
    for (String policy : policies) {
      assertTrue(policy, policy.contains("default-src 'none'"));
      assertTrue(policy, policy.contains("script-src 'self'"));
    }
    assertFalse(policies.get(1), policies.get(1).contains("unsafe"));
  }
}
