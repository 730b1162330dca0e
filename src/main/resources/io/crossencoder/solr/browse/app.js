// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
import { Grades } from "./grades.js";
import { Judging } from "./judging.js";
import { $, drawLines, findHit, link, refuseSecond, showFailure, showFirst, showGrades, showSecond, showSide, showWaiting, showWelcome, shownHits } from "./page.js";
import { SettingsForm, ofAddress } from "./settings.js";
import { Search, addressOf, ask, config as askConfig, grades as askGrades } from "./solr.js";

const PATIENCE_MS = 150;

let config;
let form;
let own;
let judging;
let given = null; // the handler's grades of the query
let running = new AbortController();

/** Starts a search; cancels one that is running. */
async function search(settings) {
  running.abort();
  running = new AbortController();
  const { signal } = running;
  form.show(settings);
  $("settings-summary").textContent = form.summary();
  document.title = settings.q ? `${settings.q} · ${config.core}` : `${config.core} · Browse`;
  showFailure(null);
  showWaiting(false);
  judging.begin(settings.q ?? "");
  if (!settings.q) {
    showWelcome("See what the model changes", "Search to see the documents of the first pass next to the same documents in the order of the cross-encoder.");
    return;
  }
  const stopWaiting = wait(signal);
  try {
    await run(new Search(config, settings), signal);
  } catch (e) {
    if (!signal.aborted) {
      showFailure(e);
    }
  } finally {
    stopWaiting();
  }
}

async function run(wanted, signal) {
  // Sent concurrently and awaited one after the other; until then, a failure must not be unhandled.
  const [reranked, ranks, grades] = [ask(wanted.reranked(), signal), ask(wanted.ranks(), signal), config.judged ? askGrades(wanted.settings.q, signal) : Promise.resolve(null)];
  [reranked, ranks, grades].forEach((answer) => answer.catch(() => {}));
  const answer = await ask(wanted.firstPass(), signal);
  given = await grades;
  const first = showFirst(wanted, answer, own.over(given, wanted.settings.q));
  if (first.length === 0) {
    return;
  }
  try {
    showSecond(wanted, await reranked, await ranks, first, own.over(given, wanted.settings.q));
    judging.found(shownHits());
  } catch (e) {
    if (!signal.aborted) {
      form.point(e.message);
      refuseSecond(e);
    }
  }
}

/** Shows that the search takes a while, but only if it does. */
function wait(signal) {
  const begun = performance.now();
  const tick = () => ($("elapsed").textContent = `${((performance.now() - begun) / 1000).toFixed(1)} s`);
  let ticking;
  const patience = setTimeout(() => {
    tick();
    ticking = setInterval(tick, 100);
    showWaiting(true);
  }, PATIENCE_MS);
  return () => {
    clearTimeout(patience);
    clearInterval(ticking);
    if (!signal.aborted) {
      showWaiting(false);
    }
  };
}

/** Searches with the values of the form, and writes them to the address. */
function submit() {
  const settings = form.read();
  const address = addressOf(settings);
  if (address !== location.search) {
    history.pushState(null, "", address);
  }
  search(settings);
}

function listen() {
  $("search").addEventListener("submit", (event) => {
    event.preventDefault();
    submit();
  });
  $("settings").addEventListener("change", () => form.isFormulaMissing() || submit());
  addEventListener("popstate", () => search(ofAddress(location.search)));
  new ResizeObserver(drawLines).observe($("columns"));
  for (const event of ["pointerover", "focusin"]) {
    $("columns").addEventListener(event, ({ target }) => link(target.closest("[data-id]")?.dataset.id));
  }
  $("columns").addEventListener("pointerleave", () => link(undefined));
  $("sides").addEventListener("click", ({ target }) => target.dataset.side && showSide(target.dataset.side));
  $("copy").addEventListener("click", copy);
  document.addEventListener("keydown", keys);
}

async function copy() {
  const range = document.createRange();
  range.selectNodeContents($("url"));
  getSelection().removeAllRanges();
  getSelection().addRange(range);
  try {
    // Missing on plain HTTP from another machine, where only the old method works.
    await (navigator.clipboard ? navigator.clipboard.writeText($("url").textContent) : document.execCommand("copy"));
    $("copy").textContent = "Copied";
  } catch {
    $("copy").textContent = "Selected: press Ctrl+C";
  }
  setTimeout(() => ($("copy").textContent = "Copy URL"), 2000);
}

function keys(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) {
    return;
  }
  if (event.key === "/" && !event.target.closest("input, select")) {
    event.preventDefault();
    $("q").focus();
    $("q").select();
    return;
  }
  if (!event.target.closest("input, select") && judging.key(event)) {
    event.preventDefault();
    return;
  }
  const hit = event.target.closest(".hit");
  const next = hit && neighbor(hit, event.key);
  if (next?.offsetParent) {
    event.preventDefault();
    next.querySelector("button").focus();
  }
}

function neighbor(hit, key) {
  switch (key) {
    case "ArrowDown":
      return hit.nextElementSibling;
    case "ArrowUp":
      return hit.previousElementSibling;
    case "ArrowLeft":
      return findHit("first", hit.dataset.id);
    case "ArrowRight":
      return findHit("second", hit.dataset.id);
    default:
      return undefined;
  }
}

function offerExamples() {
  for (const q of config.examples) {
    const example = document.createElement("a");
    example.href = addressOf({ q });
    example.textContent = q;
    const item = document.createElement("li");
    item.append(example);
    $("examples").append(item);
  }
}

async function begin() {
  try {
    config = await askConfig();
  } catch (e) {
    showFailure(e);
    return;
  }
  $("core").textContent = config.core;
  form = new SettingsForm(config);
  own = new Grades(config.core);
  judging = new Judging(own, () => showGrades(own.over(given, form.read().q ?? "")));
  offerExamples();
  $("settings").open = matchMedia("(min-width: 60rem)").matches;
  listen();
  if (!location.search) {
    $("q").focus();
  }
  await search(ofAddress(location.search));
}

await begin();
