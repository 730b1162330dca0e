// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0

/** Ignores case and spaces of a query, like the handler. */
const key = (query) => query.trim().toLowerCase().replace(/\s+/g, " ");

/** The grades set on this page, and the pool without grades; stored in this browser only. */
export class Grades {
  #place;
  #rows = new Map(); // by query, then by id
  #pool = [];
  #stored = true;

  constructor(core) {
    this.#place = `solr-crossencoder.judgments.${core}`;
    try {
      const { rows = [], pool = [] } = JSON.parse(localStorage.getItem(this.#place) ?? "{}");
      rows.forEach((row) => this.#put(row));
      this.#pool = pool;
    } catch {
      this.#stored = false; // Storage can be forbidden, or hold what somebody else wrote.
    }
  }

  /** Whether what is graded will be here after the page was left. */
  get isStored() {
    return this.#stored;
  }

  /** How many grades there are. */
  get size() {
    return this.all().length;
  }

  /** {@link import("./judgments.js").Row} of each. */
  all() {
    return [...this.#rows.values()].flatMap((rows) => [...rows.values()]);
  }

  get(query, id) {
    return this.#rows.get(key(query))?.get(id)?.grade;
  }

  /**
   * The grades to show: those set here take precedence over those of the handler.
   *
   * @param {Object<string, number> | null} given grades of the handler
   * @returns {Object<string, number> | null} by id; null if there are none
   */
  over(given, query) {
    const own = this.#rows.get(key(query));
    return own?.size ? { ...given, ...Object.fromEntries([...own].map(([id, row]) => [id, row.grade])) } : given;
  }

  /** Sets a grade, or with undefined takes it back. */
  set(query, id, grade) {
    const qid = this.#pool.find((row) => key(row.query) === key(query))?.qid;
    if (grade === undefined) {
      this.#rows.get(key(query))?.delete(id);
    } else {
      this.#put({ query: query.trim(), id, grade, ...(qid && { qid }) });
    }
    this.#store();
  }

  /** Takes rows over: those with a grade as grades, the others as the pool, in place of one that was there. */
  take(rows) {
    const graded = rows.filter((row) => row.grade !== undefined);
    const waiting = rows.filter((row) => row.grade === undefined);
    graded.forEach(({ query, id, grade, qid }) => this.#put({ query, id, grade, ...(qid && { qid }) }));
    if (waiting.length > 0) {
      this.#pool = waiting;
    }
    this.#store();
    return { graded: graded.length, waiting: waiting.length };
  }

  /** The queries of the pool, each with its rows, in the order of the file. */
  pool() {
    const queries = new Map();
    for (const row of this.#pool) {
      queries.set(key(row.query), [...(queries.get(key(row.query)) ?? []), row]);
    }
    return [...queries.values()];
  }

  clear() {
    this.#rows.clear();
    this.#pool = [];
    this.#store();
  }

  #put(row) {
    const rows = this.#rows.get(key(row.query)) ?? new Map();
    this.#rows.set(key(row.query), rows.set(row.id, row));
  }

  #store() {
    try {
      localStorage.setItem(this.#place, JSON.stringify({ rows: this.all(), pool: this.#pool }));
      this.#stored = true;
    } catch {
      this.#stored = false;
    }
  }
}
