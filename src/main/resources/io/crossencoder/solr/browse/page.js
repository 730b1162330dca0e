// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
import { fill, read, regrade } from "./hits.js";
import { drawMoves, places, slide } from "./moves.js";
import { ndcg } from "./ndcg.js";
import { firstPassLine, moveOf, outcome, rerankLine, spoken } from "./report.js";
import { Failure, ROWS } from "./solr.js";

export const $ = (id) => document.getElementById(id);
const lists = { first: $("first").querySelector(".hits"), second: $("second").querySelector(".hits") };

/** The page of each side, for when grades change. */
const pages = { first: [], second: [] };

/** Draws the lines between the hits of both sides. */
export const drawLines = () => drawMoves($("moves"), lists.first, lists.second);

/** A hit on a side. */
export const findHit = (side, id) => [...lists[side].children].find((hit) => hit.dataset.id === id);

/**
 * Shows the first pass.
 *
 * @param {Object<string, number> | null} grades of the query
 * @returns {import("./hits.js").Hit[]} its hits; if there are none, the page shows a message
 */
export function showFirst(search, answer, grades) {
  const page = graded(read(answer, search.config), grades);
  if (page.length === 0) {
    showWelcome(`Nothing matches “${search.settings.q}”.`, "Try other words, or fewer of them.");
    return page;
  }
  $("welcome").hidden = true;
  $("results").hidden = false;
  banner(null);
  head("first", firstPassLine(answer), "score", page, grades);
  fillFirst(search, page, () => ({ text: "" }));
  $("url").textContent = $("open").href = search.reranked().href;
  return page;
}

function fillFirst(search, page, move) {
  const best = Math.max(...page.map((hit) => hit.score));
  fill(lists.first, page, search.settings.q, { move, strength: (hit) => hit.score / best });
}

/**
 * Shows the reranked hits, and their ranks in the first pass.
 *
 * @param ranks the response with the first-pass ranks
 * @param {import("./hits.js").Hit[]} before the result of {@link showFirst}
 */
export function showSecond(search, answer, ranks, before, grades) {
  const { uniqueKey } = search.config;
  const earlier = new Map(ranks.response.docs.map((doc, i) => [String(doc[uniqueKey]), { rank: i + 1, score: doc.score }]));
  const page = graded(read(answer, search.config), grades).map((hit) => ({
    ...hit,
    firstPassRank: earlier.get(hit.id)?.rank ?? hit.ce?.firstPassRank,
    firstPassScore: earlier.get(hit.id)?.score,
  }));
  const now = new Map(page.map((hit) => [hit.id, hit.rank]));
  const old = places(lists.second.firstChild ? lists.second : lists.first);
  fillFirst(search, before, (hit) => ({ text: "", spoken: now.has(hit.id) ? `reranked to ${now.get(hit.id)}` : `no longer among the first ${ROWS}` }));
  fill(lists.second, page, search.settings.q, { move: moveOf, strength: (hit) => hit.ce?.probability });
  head("second", rerankLine(answer), `${search.isBlended() ? "blend" : "logit"}, first pass`, page, grades);
  banner(outcome(answer));
  drawLines();
  slide(lists.second, old);
  $("status").textContent = spoken(answer, page);
}

/** Shows that the reranking was rejected or failed; the first pass stays visible. */
export function refuseSecond(e) {
  emptySecond();
  head("second", "", "", [], null);
  banner({ kind: "bad", text: words(e) });
  $("status").textContent = `Not reranked. ${words(e)}`;
}

function emptySecond() {
  lists.second.replaceChildren();
  drawLines();
}

const graded = (page, grades) => page.map((hit) => ({ ...hit, grade: grades?.[hit.id] }));

function head(side, line, unit, page, grades) {
  const header = $(side).querySelector("header");
  header.querySelector(".meta").textContent = line;
  header.querySelector(".unit").textContent = unit;
  pages[side] = page;
  gains(side, page, grades);
}

/** Shows changed grades on both sides, and the nDCG. */
export function showGrades(grades) {
  for (const side of ["first", "second"]) {
    [...lists[side].children].forEach((card) => regrade(card, grades?.[card.dataset.id]));
    gains(side, graded(pages[side], grades), grades);
  }
  drawLines();
}

/** All hits of both sides. */
export const shownHits = () => [...pages.first, ...pages.second];

function gains(side, page, grades) {
  const header = $(side).querySelector("header");
  const gain = header.querySelector(".ndcg");
  const judged = page.filter((hit) => hit.grade !== undefined).length;
  const ids = page.map((hit) => hit.id);
  gain.textContent = grades && page.length > 0 ? `nDCG@${ROWS} ${ndcg(ids, grades, ROWS).toFixed(3)} · ${judged} judged` : "";
  gain.title = `${judged} of ${page.length} are judged; unjudged documents count as not relevant`;
}

function banner(content) {
  const box = $("outcome");
  box.hidden = content === null;
  box.textContent = content?.text ?? "";
  box.className = `banner ${content?.kind ?? ""}`;
}

const words = (e) => (e instanceof Failure && e.status > 0 ? `Solr returned ${e.status}: ${e.message}` : e.message);

/** Shows that the whole search failed; null hides the message. */
export function showFailure(e) {
  $("failure").hidden = e === null;
  $("failure").textContent = e === null ? "" : words(e);
  if (e !== null) {
    $("results").hidden = true;
    $("welcome").hidden = true;
  }
}

/** The page without results. */
export function showWelcome(title, text) {
  $("results").hidden = true;
  $("welcome").hidden = false;
  $("welcome").querySelector("h2").textContent = title;
  $("welcome").querySelector("p").textContent = text;
  $("status").textContent = title;
  emptySecond();
}

/** Shows or hides that a response is pending. */
export function showWaiting(yes) {
  $("waiting").hidden = !yes;
  $("columns").ariaBusy = String(yes);
}

/** Highlights a hit, the same hit on the other side, and the line between them. */
export function link(id) {
  for (const part of $("columns").querySelectorAll("[data-id]")) {
    part.classList.toggle("linked", part.dataset.id === id);
  }
}

/** Shows one side if the page is narrow. */
export function showSide(side) {
  $("columns").dataset.side = side;
  for (const button of $("sides").children) {
    button.ariaPressed = String(button.dataset.side === side);
  }
}
