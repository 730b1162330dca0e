// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
package io.crossencoder.browser;

/** The key codes that the DevTools protocol requires in addition to the names of keys. */
final class KeyCodes {

  private KeyCodes() {}

  static int of(String key) {
    return switch (key) {
      case "Tab" -> 9;
      case "Enter" -> 13;
      case "Escape" -> 27;
      case "ArrowLeft" -> 37;
      case "ArrowUp" -> 38;
      case "ArrowRight" -> 39;
      case "ArrowDown" -> 40;
      case "/" -> 191;
      case "0", "1", "2", "3" -> key.charAt(0);
      default -> throw new IllegalArgumentException("no code is known of the key " + key);
    };
  }
}
