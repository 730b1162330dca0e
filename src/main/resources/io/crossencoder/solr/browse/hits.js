// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
import { gradeButtons, press } from "./buttons.js";
import { details } from "./details.js";
import { element, number } from "./dom.js";
import { excerpt, finder, marked } from "./marks.js";

/** Number of characters in two lines of a card. */
const ROOM = 110;

/** Lower scores belong to hits that were not reranked, in first-pass order. */
const LEAST_SCORE = -1e20;

/** The hits by their cards on the page. */
const shown = new WeakMap();

/**
 * A hit on the page.
 *
 * @typedef {object} Hit
 * @property {string} id
 * @property {string} title
 * @property {string} text the text for the model, if the page knows it
 * @property {string[]} facts
 * @property {number} score of its page; NaN if it was not reranked
 * @property {number} rank from 1, on its own page
 * @property {number} [firstPassScore]
 * @property {object} [ce] values of the transformer: logit, probability, truncated
 * @property {number} [grade]
 */

/** The hits of a response. */
export function read(answer, config) {
  return answer.response.docs.map((doc, i) => {
    const id = String(doc[config.uniqueKey]);
    const title = plain(doc[config.title]) || id;
    return {
      id,
      title,
      text: withoutTitle(doc.ce?.window, title) ?? config.text.map((field) => plain(doc[field])).filter(Boolean).join("\n\n"),
      facts: config.facts.map((field) => fact(doc[field])).filter(Boolean),
      score: doc.score > LEAST_SCORE ? doc.score : NaN,
      rank: i + 1,
      ce: doc.ce,
    };
  });
}

/** Every window begins with the first field, usually the title, which is already shown above it. */
const withoutTitle = (window, title) => (window?.startsWith(title) ? window.slice(title.length).trim() : window);

const plain = (value) => (Array.isArray(value) ? value.join(", ") : String(value ?? "")).trim();

function fact(value) {
  if (typeof value === "string" && /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value)) {
    return new Date(value).toLocaleDateString("en", { dateStyle: "medium", timeZone: "UTC" });
  }
  return plain(value);
}

/**
 * Puts hits into a list.
 *
 * @param {Hit[]} hits
 * @param {(hit: Hit) => {text: string, spoken: string, way: string}} move rank change of a hit
 * @param {(hit: Hit) => number} strength 0 to 1, the length of the bar
 */
export function fill(list, hits, query, { move, strength }) {
  const found = finder(query);
  list.replaceChildren(...hits.map((hit) => card(hit, found, move(hit), strength(hit), list.parentElement.id)));
}

function card(hit, found, move, strength, side) {
  const button = element("button", "", marked(hit.title, found));
  button.type = "button";
  button.ariaExpanded = "false";

  const text = element("p", "text");
  text.append(marked(excerpt(hit.text, found, ROOM), found));
  const more = element("div", "more");
  more.id = `${side}-${hit.rank}`;
  more.hidden = true;
  button.setAttribute("aria-controls", more.id);

  const card = element("li", "hit", element("span", "rank", String(hit.rank)), body(hit, button, text, more), scores(hit, move));
  card.dataset.id = hit.id;
  card.style.setProperty("--strength", Math.min(1, Math.max(0, strength || 0)).toFixed(3));
  shown.set(card, hit);
  regrade(card, hit.grade);
  button.addEventListener("click", () => toggle(card, button, more, () => details(hit, found)));
  return card;
}

/** Shows the grade of a card; undefined: none. */
export function regrade(card, grade) {
  shown.get(card).grade = grade;
  const facts = card.querySelector(".facts");
  facts.querySelector(".grade")?.remove();
  if (grade !== undefined) {
    facts.prepend(element("span", grade > 0 ? "grade relevant" : "grade", `grade ${grade}`));
  }
  press(card, grade);
}

function body(hit, button, text, more) {
  const head = element("h3", "", button);
  const facts = element("p", "facts", hit.facts.join(" · "));
  return element("div", "body", head, facts, text, gradeButtons(), more);
}

function scores(hit, move) {
  const shown = element("p", "scores", element("span", "score", number(hit.score)));
  if (hit.firstPassScore !== undefined) {
    shown.append(element("span", "before", element("span", "unseen", "first pass "), number(hit.firstPassScore)));
  }
  if (move.text) {
    const badge = element("span", `move ${move.way}`, move.text);
    badge.ariaHidden = "true";
    badge.title = move.spoken;
    shown.append(badge);
  }
  if (move.spoken) {
    shown.append(element("span", "unseen", `, ${move.spoken}`));
  }
  return shown;
}

function toggle(card, button, more, content) {
  const open = more.hidden;
  if (open && !more.firstChild) {
    more.append(content());
  }
  more.hidden = !open;
  button.ariaExpanded = String(open);
  card.classList.toggle("open", open);
}
