// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.browser;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A page in the browser: reads text, types, and waits for elements. */
public final class Tab {
  private static final long PATIENCE_SECONDS = 300;

  private final DevTools devTools;
  private final String context;
  private final String session;
  private final List<String> complaints = new CopyOnWriteArrayList<>();
  private final Map<String, String> preferences = new TreeMap<>();
  private final BlockingQueue<String> held = new LinkedBlockingQueue<>();

  Tab(DevTools devTools) {
    this.devTools = devTools;
    context = devTools.call(null, "Target.createBrowserContext").path("browserContextId").asText();
    String target =
        devTools
            .call(null, "Target.createTarget", "url", "about:blank", "browserContextId", context)
            .path("targetId")
            .asText();
    session =
        devTools
            .call(null, "Target.attachToTarget", "targetId", target, "flatten", true)
            .path("sessionId")
            .asText();
    devTools.listen(session, this::hear);
    call("Page.enable");
    call("Runtime.enable");
    call("Log.enable");
    // Only one of several pages has the focus; this one behaves as if it had it.
    call("Emulation.setFocusEmulationEnabled", "enabled", true);
    size(1280, 900);
  }

  private JsonNode call(String method, Object... parameters) {
    return devTools.call(session, method, parameters);
  }

  private void hear(JsonNode event) {
    JsonNode params = event.path("params");
    switch (event.path("method").asText()) {
      case "Log.entryAdded" -> complain(params.path("entry"));
      case "Runtime.exceptionThrown" -> complaints.add(params.toString());
      case "Runtime.consoleAPICalled" -> complaints.add(params.path("args").toString());
      case "Fetch.requestPaused" -> held.add(params.path("requestId").asText());
      default -> {}
    }
  }

  /** Except for error responses, which the page shows, and advice on speed. */
  private void complain(JsonNode entry) {
    if (!List.of("network", "rendering").contains(entry.path("source").asText())) {
      complaints.add(entry.path("source").asText() + ": " + entry.path("text").asText());
    }
  }

  /** Violations, exceptions and warnings in the console. */
  public List<String> complaints() {
    return List.copyOf(complaints);
  }

  public void go(String url) {
    call("Page.navigate", "url", url);
    // Chromium ignores keys that are pressed before the page was painted.
    await("document.readyState === 'complete' && performance.getEntriesByType('paint').length > 0");
  }

  /** The value of an expression, or of its promise. */
  public JsonNode eval(String expression) {
    JsonNode answer =
        call(
            "Runtime.evaluate",
            "expression",
            expression,
            "awaitPromise",
            true,
            "returnByValue",
            true);
    if (answer.has("exceptionDetails")) {
      throw new AssertionError(expression + ": " + answer.get("exceptionDetails"));
    }
    return answer.path("result").path("value");
  }

  public String text(String selector) {
    return eval("document.querySelector(`" + selector + "`).innerText").asText();
  }

  public List<String> texts(String selector) {
    JsonNode all =
        eval("[...document.querySelectorAll(`" + selector + "`)].map(e => e.innerText.trim())");
    return DevTools.JSON.convertValue(
        all, DevTools.JSON.getTypeFactory().constructCollectionType(List.class, String.class));
  }

  public boolean sees(String selector) {
    return eval("document.querySelector(`" + selector + "`)?.checkVisibility() ?? false")
        .asBoolean();
  }

  /** Waits until an expression is true. */
  public void await(String condition) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!isTrue(condition)) {
      if (System.nanoTime() > end) {
        throw new AssertionError(
            "never true: " + condition + "\n" + complaints + "\n" + text("body"));
      }
      try {
        Thread.sleep(20);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError(e);
      }
    }
  }

  private boolean isTrue(String condition) {
    try {
      return eval("Boolean(" + condition + ")").asBoolean();
    } catch (AssertionError | CompletionException e) {
      return false; // The page is on its way from one address to the next.
    }
  }

  public void click(String selector) {
    eval("document.querySelector(`" + selector + "`).click()");
  }

  /** Types into the element with the focus. */
  public void type(String text) {
    call("Input.insertText", "text", text);
  }

  /** Presses a key: its name in a KeyboardEvent. */
  public void press(String key) {
    String text = key.equals("Enter") ? "\r" : key.length() == 1 ? key : "";
    for (String type : List.of("keyDown", "keyUp")) {
      call(
          "Input.dispatchKeyEvent",
          "type",
          type,
          "key",
          key,
          "windowsVirtualKeyCode",
          KeyCodes.of(key),
          "text",
          type.equals("keyDown") ? text : "");
    }
  }

  /** Selects a file, as in the dialog of the system. */
  public void choose(String selector, Path file) {
    JsonNode root = call("DOM.getDocument").path("root").path("nodeId");
    JsonNode input = call("DOM.querySelector", "nodeId", root, "selector", selector).path("nodeId");
    call("DOM.setFileInputFiles", "nodeId", input, "files", List.of(file.toString()));
  }

  public void size(int width, int height) {
    call(
        "Emulation.setDeviceMetricsOverride",
        "width",
        width,
        "height",
        height,
        "deviceScaleFactor",
        1,
        "mobile",
        false);
  }

  /** Sets a media feature, such as {@code prefers-color-scheme} to {@code dark}. */
  public void prefer(String feature, String value) {
    preferences.put(feature, value);
    List<Map<String, String>> all =
        preferences.entrySet().stream()
            .map(each -> Map.of("name", each.getKey(), "value", each.getValue()))
            .toList();
    call("Emulation.setEmulatedMedia", "features", all);
  }

  /**
   * Holds requests until one of the next three methods ends the first of them. Must be called
   * before {@link #go}, because a loaded page can send a few requests before this has an effect.
   */
  public void hold(String urlPattern) {
    call("Fetch.enable", "patterns", List.of(Map.of("urlPattern", urlPattern)));
  }

  public void release() {
    call("Fetch.continueRequest", "requestId", firstHeld());
  }

  public void answer(int status, String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    call(
        "Fetch.fulfillRequest",
        "requestId",
        firstHeld(),
        "responseCode",
        status,
        "body",
        Base64.getEncoder().encodeToString(bytes));
  }

  public void cutOff() {
    call("Fetch.failRequest", "requestId", firstHeld(), "errorReason", "ConnectionRefused");
  }

  private String firstHeld() {
    try {
      String request = held.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (request == null) {
        throw new AssertionError("no such request came");
      }
      return request;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** The visible part as PNG. */
  public void screenshot(Path file) throws IOException {
    JsonNode shot = call("Page.captureScreenshot", "format", "png");
    Files.createDirectories(file.getParent());
    Files.write(file, Base64.getDecoder().decode(shot.path("data").asText()));
  }

  public void close() {
    devTools.call(null, "Target.disposeBrowserContext", "browserContextId", context);
  }
}
