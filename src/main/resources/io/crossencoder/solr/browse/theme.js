// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
// Not a module: it runs before the first paint, so that the page never flashes in the other theme.
"use strict";
{
  const KEY = "solr-crossencoder.theme";
  const dark = matchMedia("(prefers-color-scheme: dark)");

  const stored = () => {
    try {
      return localStorage.getItem(KEY);
    } catch {
      return null; // Storage can be forbidden; the system's choice holds then.
    }
  };

  const isDark = () => (document.documentElement.dataset.theme ?? (dark.matches ? "dark" : "light")) === "dark";

  const apply = (theme) => {
    if (theme === "dark" || theme === "light") {
      document.documentElement.dataset.theme = theme;
    }
  };

  const label = (button) => {
    const other = isDark() ? "light" : "dark";
    button.textContent = isDark() ? "☀" : "☾";
    button.title = button.ariaLabel = `Switch to the ${other} theme`;
  };

  // The other files are next to an address without the slash.
  if (location.pathname.endsWith("/")) {
    location.replace(location.pathname.replace(/\/+$/, "") + location.search);
  }
  apply(stored());
  addEventListener("DOMContentLoaded", () => {
    const button = document.getElementById("theme");
    label(button);
    dark.addEventListener("change", () => label(button));
    button.addEventListener("click", () => {
      const theme = isDark() ? "light" : "dark";
      apply(theme);
      try {
        localStorage.setItem(KEY, theme);
      } catch {
        // Then for this page only.
      }
      label(button);
    });
  });
}
