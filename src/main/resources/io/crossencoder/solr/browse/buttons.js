// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
import { element } from "./dom.js";

const MOST = 3;

/** The buttons for the grade of a hit. */
export function gradeButtons() {
  const buttons = element("p", "judge");
  buttons.role = "group";
  buttons.ariaLabel = "Grade";
  for (let grade = 0; grade <= MOST; grade++) {
    const button = element("button", "", String(grade));
    button.type = "button";
    button.dataset.grade = String(grade);
    button.ariaPressed = "false";
    buttons.append(button);
  }
  return buttons;
}

/** Marks the button of the grade of a hit. */
export function press(hit, grade) {
  for (const button of hit.querySelectorAll("[data-grade]")) {
    button.ariaPressed = String(Number(button.dataset.grade) === grade);
  }
}
