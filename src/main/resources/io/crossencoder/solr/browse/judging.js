// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
import { press } from "./buttons.js";
import { element } from "./dom.js";
import { fill } from "./hits.js";
import { read, write } from "./judgments.js";

const $ = (id) => document.getElementById(id);
const MODE = "solr-crossencoder.judging";

/** Grading: the bar with its buttons, and the blind list. */
export class Judging {
  #grades;
  #regrade;
  #query = "";
  #union = [];
  #at = 0; // of the pool's queries

  /**
   * @param {import("./grades.js").Grades} grades
   * @param {() => void} regrade shows the current grades in the columns
   */
  constructor(grades, regrade) {
    this.#grades = grades;
    this.#regrade = regrade;
    $("judging").hidden = false;
    $("judge-mode").value = sessionStorage.getItem(MODE) ?? "off";
    $("judge-mode").addEventListener("change", () => this.#show());
    $("judge-export").addEventListener("click", () => this.#export());
    $("judge-clear").addEventListener("click", () => this.#clear());
    $("judge-import").addEventListener("change", ({ target }) => this.#import(target));
    $("judge-previous").addEventListener("click", () => this.#walk(-1));
    $("judge-next").addEventListener("click", () => this.#walk(1));
    $("main").addEventListener("click", ({ target }) => {
      const button = target.closest("[data-grade]");
      if (button) {
        this.#give(button.closest(".hit"), Number(button.dataset.grade));
      }
    });
    this.#at = Math.max(0, this.#grades.pool().findIndex((rows) => this.#open(rows) > 0));
    this.#show();
  }

  get #mode() {
    return $("judge-mode").value;
  }

  /** A search begins: nobody wants to walk the pool now. */
  begin(query) {
    this.#query = query;
    this.#union = [];
    if (this.#mode === "pool" && query) {
      $("judge-mode").value = "columns";
    }
    this.#show();
  }

  /** The hits of both columns are there. */
  found(hits) {
    this.#union = [...new Map(hits.map((hit) => [hit.id, hit])).values()];
    this.#show();
  }

  /** A key on a hit, or over one; whether it was a grade. */
  key({ key, target }) {
    const hit = this.#mode === "off" ? null : (target.closest(".hit") ?? document.querySelector(".hit:hover"));
    if (!hit || !/^[0-3]$|^Backspace$|^Delete$/.test(key)) {
      return false;
    }
    this.#give(hit, key.length === 1 ? Number(key) : undefined);
    return true;
  }

  #give(hit, grade) {
    const { id } = hit.dataset;
    const query = this.#mode === "pool" ? this.#grades.pool()[this.#at][0].query : this.#query;
    const same = this.#grades.get(query, id) === grade;
    this.#grades.set(query, id, same ? undefined : grade);
    this.#regrade();
    this.#mark(hit.parentElement, query);
    this.#progress();
    if (!same && hit.contains(document.activeElement)) {
      hit.nextElementSibling?.querySelector("h3 button")?.focus();
    }
  }

  /** The mode, in all that depends on it. */
  #show() {
    const pool = this.#grades.pool();
    sessionStorage.setItem(MODE, this.#mode);
    $("judge-mode").querySelector("[value=pool]").disabled = pool.length === 0;
    if (pool.length === 0 && this.#mode === "pool") {
      $("judge-mode").value = "off";
    }
    document.body.dataset.judging = this.#mode;
    const apart = this.#mode === "blind" || this.#mode === "pool";
    $("judge").hidden = !apart || (this.#mode === "blind" && this.#union.length === 0);
    if (apart) {
      this.#list();
    }
    this.#progress();
  }

  #list() {
    const rows = this.#mode === "pool" ? this.#grades.pool()[this.#at] : this.#union;
    const query = this.#mode === "pool" ? rows[0].query : this.#query;
    const hits = shuffled(rows, query).map(({ id, title, text, facts }, i) => ({ id, title: title ?? id, text: text ?? "", facts: facts ?? [], rank: i + 1 }));
    const list = $("judge").querySelector(".hits");
    $("judge").querySelector("h2").textContent = query;
    fill(list, hits, query, { move: () => ({ text: "" }), strength: () => 0 });
    this.#mark(list, query);
  }

  #mark(list, query) {
    if (list.parentElement.id === "judge") {
      [...list.children].forEach((hit) => press(hit, this.#grades.get(query, hit.dataset.id)));
    }
  }

  #open(rows) {
    return rows.filter((row) => this.#grades.get(row.query, row.id) === undefined).length;
  }

  #progress() {
    const pool = this.#grades.pool();
    const [all, open] = [pool.flat().length, this.#open(pool.flat())];
    const here = this.#mode === "pool" ? pool[this.#at] : this.#union.map(({ id }) => ({ id, query: this.#query }));
    const parts = [];
    if (this.#mode === "pool") {
      parts.push(`query ${this.#at + 1} of ${pool.length}`);
    }
    if (here.length > 0) {
      parts.push(`${here.length - this.#open(here)} of ${here.length} here`);
    }
    if (all > 0) {
      parts.push(`${all - open} of ${all} of the pool`);
    }
    parts.push(`${this.#grades.size} graded in this browser`);
    $("judge-progress").textContent = parts.join(" · ") + (this.#grades.isStored ? "" : " · they are not stored: export them before you leave the page");
    $("judge-bar").max = Math.max(1, all || here.length);
    $("judge-bar").value = all ? all - open : here.length - this.#open(here);
    $("judge-previous").disabled = this.#at === 0;
    $("judge-next").disabled = this.#at >= pool.length - 1;
    $("judge-export").disabled = this.#grades.size === 0;
  }

  #walk(by) {
    this.#at += by;
    this.#show();
    $("judge").querySelector("h3 button").focus();
  }

  async #import(input) {
    const [file] = input.files;
    try {
      const { graded, waiting } = this.#grades.take(read(await file.text()));
      this.#at = 0;
      if (waiting > 0) {
        $("judge-mode").value = "pool";
      }
      this.#regrade();
      this.#show();
      this.#say(`${file.name}: ${graded} grades, ${waiting} to grade`);
    } catch (e) {
      this.#say(`${file?.name}: ${e.message}`);
    }
    input.value = ""; // So that the same file can be chosen again.
  }

  #export() {
    const link = element("a", "");
    link.href = URL.createObjectURL(new Blob([write(this.#grades.all())], { type: "text/csv" }));
    link.download = "judgments.csv";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
    this.#say(`${this.#grades.size} grades in judgments.csv`);
  }

  #clear() {
    if (confirm(`Delete the ${this.#grades.size} grades and the pool in this browser?`)) {
      this.#grades.clear();
      this.#at = 0;
      this.#regrade();
      this.#show();
    }
  }

  #say(words) {
    $("judge-said").textContent = words;
  }
}

/** A constant order that is independent of the rankings. */
function shuffled(rows, query) {
  const place = new Map(rows.map(({ id }) => [id, hash(`${query}\n${id}`)]));
  return [...rows].sort((a, b) => place.get(a.id) - place.get(b.id));
}

/** FNV-1a, and the last step of murmur3, which separates similar ids. */
function hash(text) {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) {
    value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  }
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  return (value ^ (value >>> 13)) >>> 0;
}
