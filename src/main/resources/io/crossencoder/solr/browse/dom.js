// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
/** An element with classes and content; a string is text, never markup. */
export function element(name, classes, ...content) {
  const made = document.createElement(name);
  if (classes) {
    made.className = classes;
  }
  made.append(...content);
  return made;
}

/** A score, formatted for comparison. */
export const number = (value) => (Number.isFinite(value) ? value.toFixed(2).replace("-", "−") : "–");
