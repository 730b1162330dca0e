// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.browser;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Commands and events of Chromium's DevTools protocol over one WebSocket. Thread-safe. */
final class DevTools {
  private static final long ANSWER_SECONDS = 300;
  static final ObjectMapper JSON = new ObjectMapper();

  private final AtomicInteger ids = new AtomicInteger();
  private final Map<Integer, CompletableFuture<JsonNode>> waiting = new ConcurrentHashMap<>();
  private final Map<String, Consumer<JsonNode>> listeners = new ConcurrentHashMap<>();
  private final WebSocket socket;

  DevTools(String address) {
    socket =
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .buildAsync(URI.create(address), new Messages())
            .orTimeout(ANSWER_SECONDS, TimeUnit.SECONDS)
            .join();
  }

  /**
   * Sends a command and waits for its result.
   *
   * @param session of a page; null for the browser itself
   * @param parameters names and values in turn
   */
  JsonNode call(String session, String method, Object... parameters) {
    return begin(session, method, parameters).orTimeout(ANSWER_SECONDS, TimeUnit.SECONDS).join();
  }

  private CompletableFuture<JsonNode> begin(String session, String method, Object... parameters) {
    ObjectNode message = JSON.createObjectNode();
    int id = ids.incrementAndGet();
    message.put("id", id).put("method", method);
    if (session != null) {
      message.put("sessionId", session);
    }
    ObjectNode params = message.putObject("params");
    for (int i = 0; i < parameters.length; i += 2) {
      params.set((String) parameters[i], JSON.valueToTree(parameters[i + 1]));
    }
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    waiting.put(id, answer);
    synchronized (socket) {
      socket.sendText(message.toString(), true).join();
    }
    return answer;
  }

  /** Receives the events of a session, on the thread that reads the socket. */
  void listen(String session, Consumer<JsonNode> listener) {
    listeners.put(session, listener);
  }

  void close() {
    socket.abort();
  }

  private void take(JsonNode message) {
    if (message.has("id")) {
      CompletableFuture<JsonNode> answer = waiting.remove(message.get("id").asInt());
      if (message.has("error")) {
        answer.completeExceptionally(new IllegalStateException(message.get("error").toString()));
      } else {
        answer.complete(message.get("result"));
      }
    } else {
      listeners.getOrDefault(message.path("sessionId").asText(), event -> {}).accept(message);
    }
  }

  private final class Messages implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence part, boolean last) {
      text.append(part);
      if (last) {
        String whole = text.toString();
        text.setLength(0);
        try {
          take(JSON.readTree(whole));
        } catch (JsonProcessingException e) {
          throw new IllegalStateException(whole, e);
        }
      }
      webSocket.request(1);
      return null;
    }
  }
}
