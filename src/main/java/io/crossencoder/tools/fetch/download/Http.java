// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.fetch.download;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * Sends requests for files. Redirects are followed here instead of in the client, which would send
 * the token to their targets.
 */
public final class Http {
  private static final int MAX_REDIRECTS = 10;
  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

  private final HttpClient client =
      HttpClient.newBuilder()
          .followRedirects(HttpClient.Redirect.NEVER)
          .connectTimeout(Duration.ofSeconds(20))
          // With HTTP/1.1 the end of the connection is visible; HTTP/2 can end the stream silently.
          .version(HttpClient.Version.HTTP_1_1)
          .build();

  private final URI trusted;
  private final Optional<String> token;

  /**
   * A client.
   *
   * @param trusted scheme, host and port of the URLs that receive the token
   * @param token bearer token for files that are not public
   */
  public Http(URI trusted, Optional<String> token) {
    this.trusted = trusted;
    this.token = token;
  }

  /**
   * A response with an unread body.
   *
   * @param response the response after redirects
   */
  record Answer(HttpResponse<InputStream> response, Said said) {}

  /**
   * Sends a request and follows redirects.
   *
   * @param from index of the first byte
   * @param validator ETag of the present part; if it differs, the response contains the whole file
   */
  Answer get(URI uri, long from, Optional<String> validator) throws IOException {
    Said said = Said.NOTHING;
    URI at = uri;
    for (int hops = 0; hops <= MAX_REDIRECTS; hops++) {
      HttpResponse<InputStream> response;
      try {
        response = send(request(at, from, validator));
      } catch (IllegalArgumentException e) {
        throw new Refusal(at + " is not a valid address: " + e.getMessage());
      }
      said = said.and(response.headers());
      Optional<String> location = response.headers().firstValue("Location");
      if (!REDIRECTS.contains(response.statusCode()) || location.isEmpty()) {
        return new Answer(response, said);
      }
      response.body().close();
      at = next(at, location.get());
    }
    throw new Refusal(uri + " redirects more than " + MAX_REDIRECTS + " times");
  }

  static URI next(URI at, String location) throws Refusal {
    URI next;
    try {
      next = at.resolve(location);
    } catch (IllegalArgumentException e) {
      throw new Refusal(at + " redirects to '" + location + "', which is not a URL");
    }
    boolean isWeb = String.valueOf(next.getScheme()).matches("(?i)https?");
    if (!isWeb || (at.getScheme().equalsIgnoreCase("https") && isPlain(next))) {
      throw new Refusal(at + " redirects to " + next.getScheme() + ", which is not supported");
    }
    return next;
  }

  private static boolean isPlain(URI uri) {
    return uri.getScheme().equalsIgnoreCase("http");
  }

  private HttpRequest request(URI uri, long from, Optional<String> validator) {
    // One minute for the start of a response; the body has its own timeout.
    HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(Duration.ofMinutes(1));
    request.header("User-Agent", "solr-crossencoder fetch");
    if (from > 0) {
      request.header("Range", "bytes=" + from + "-");
      validator.ifPresent(etag -> request.header("If-Range", etag));
    }
    if (isTrusted(uri)) {
      token.ifPresent(secret -> request.header("Authorization", "Bearer " + secret));
    }
    return request.build();
  }

  private boolean isTrusted(URI uri) {
    return uri.getScheme().equalsIgnoreCase(trusted.getScheme())
        && trusted.getHost().equalsIgnoreCase(uri.getHost())
        && uri.getPort() == trusted.getPort();
  }

  private HttpResponse<InputStream> send(HttpRequest request) throws IOException {
    try {
      return client.send(request, BodyHandlers.ofInputStream());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw (InterruptedIOException) new InterruptedIOException("interrupted").initCause(e);
    }
  }

  /** A failure that a retry would not change. */
  static final class Refusal extends IOException {
    private static final long serialVersionUID = 1L;

    Refusal(String message) {
      super(message);
    }
  }
}
