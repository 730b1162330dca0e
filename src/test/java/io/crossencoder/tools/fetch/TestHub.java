// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.tools.fetch;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.rules.ExternalResource;

/** A web server that behaves like the Hub, including failures of network and server. */
public final class TestHub extends ExternalResource {

  /** A response. */
  @FunctionalInterface
  public interface Reply {
    void to(HttpExchange exchange) throws IOException;
  }

  private final Map<String, Deque<Reply>> first = new ConcurrentHashMap<>();
  private final Map<String, Reply> files = new ConcurrentHashMap<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private ExecutorService threads;
  private HttpServer server;

  @Override
  protected void before() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    threads = Executors.newCachedThreadPool();
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  @Override
  protected void after() {
    server.stop(0);
    threads.shutdownNow();
  }

  public URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  public URI url(String path) {
    return url().resolve(path);
  }

  /** A file with an ETag that supports range requests. */
  public void put(String path, byte[] content) {
    files.put(path, exchange -> send(exchange, content, "\"" + Arrays.hashCode(content) + "\""));
  }

  /** The response to every request for the path. */
  public void reply(String path, Reply reply) {
    files.put(path, reply);
  }

  /** Responses before the file, one per request. */
  public void first(String path, Reply... replies) {
    first.put(path, new ArrayDeque<>(List.of(replies)));
  }

  /** The requests so far: path, then the headers Range, If-Range and Authorization. */
  public List<String> asked() {
    return asked;
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    StringBuilder request = new StringBuilder(path);
    for (String header : List.of("Range", "If-Range", "Authorization")) {
      String value = exchange.getRequestHeaders().getFirst(header);
      request.append(value == null ? "" : " " + header + ": " + value);
    }
    asked.add(request.toString());
    try (exchange) {
      Deque<Reply> replies = first.getOrDefault(path, new ArrayDeque<>());
      Reply next;
      synchronized (replies) {
        next = replies.poll();
      }
      (next == null ? files.getOrDefault(path, status(404)) : next).to(exchange);
    }
  }

  public static Reply status(int status, String... headers) {
    return exchange -> {
      for (int i = 0; i < headers.length; i += 2) {
        exchange.getResponseHeaders().set(headers[i], headers[i + 1]);
      }
      exchange.sendResponseHeaders(status, -1);
    };
  }

  public static Reply redirect(URI to) {
    return status(302, "Location", to.toString(), "X-Repo-Commit", "abc123");
  }

  /** Always the whole file, without an ETag. */
  public static Reply ignoringRanges(byte[] content) {
    return exchange -> {
      exchange.sendResponseHeaders(200, content.length);
      exchange.getResponseBody().write(content);
    };
  }

  /** Without Content-Length. */
  public static Reply chunked(byte[] content) {
    return exchange -> {
      exchange.sendResponseHeaders(200, 0);
      try (OutputStream body = exchange.getResponseBody()) {
        body.write(content);
      }
    };
  }

  /** Sends this number of bytes, then closes the connection. */
  public static Reply cutAfter(int bytes, byte[] content, String etag) {
    return exchange -> {
      exchange.getResponseHeaders().set("ETag", etag);
      exchange.sendResponseHeaders(200, content.length);
      exchange.getResponseBody().write(content, 0, bytes);
      exchange.getResponseBody().flush();
    };
  }

  /** Sends this number of bytes, then nothing until the test ends. */
  public static Reply silentAfter(int bytes, byte[] content, CountDownLatch over) {
    return exchange -> {
      exchange.sendResponseHeaders(200, content.length);
      exchange.getResponseBody().write(content, 0, bytes);
      exchange.getResponseBody().flush();
      try {
        over.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    };
  }

  private static void send(HttpExchange exchange, byte[] content, String etag) throws IOException {
    String range = exchange.getRequestHeaders().getFirst("Range");
    String ifRange = exchange.getRequestHeaders().getFirst("If-Range");
    exchange.getResponseHeaders().set("ETag", etag);
    if (range == null || (ifRange != null && !ifRange.equals(etag))) {
      exchange.sendResponseHeaders(200, content.length);
      exchange.getResponseBody().write(content);
      return;
    }
    int from = Integer.parseInt(range.replaceAll("\\D", ""));
    if (from >= content.length) {
      exchange.sendResponseHeaders(416, -1);
      return;
    }
    exchange
        .getResponseHeaders()
        .set("Content-Range", "bytes " + from + "-" + (content.length - 1) + "/" + content.length);
    exchange.sendResponseHeaders(206, content.length - from);
    exchange.getResponseBody().write(content, from, content.length - from);
  }
}
