// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The HTTP client of the tests. No test waits forever for a response. */
public final class Http {

  private static final int MINUTES = 5;

  // HTTP/1.1, because the client of Java 17 cancels running HTTP/2 requests when a server stops.
  private static final HttpClient CLIENT;

  static {
    // Seconds. A server that stops waits until unused connections are closed.
    System.setProperty("jdk.httpclient.keepalive.timeout", "1");
    CLIENT = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  }

  private Http() {}

  /**
   * Sends a request. The time limit covers the body of the response, which {@link
   * HttpRequest.Builder#timeout} does not.
   *
   * @throws IOException if there is no complete response within 5 minutes
   */
  public static HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    var response = CLIENT.sendAsync(request.build(), BodyHandlers.ofString());
    try {
      return response.get(MINUTES, TimeUnit.MINUTES);
    } catch (ExecutionException e) {
      throw new IOException(e.getCause());
    } catch (TimeoutException e) {
      response.cancel(true);
      throw new IOException("no response within " + MINUTES + " minutes", e);
    }
  }
}
