// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0

export const ROWS = 10;
const LONGEST_ADDRESS = 4000;
const MOST_RANKS = 200;
const HERE = new URL(".", import.meta.url);

/** An error response of Solr or of a proxy. */
export class Failure extends Error {
  constructor(message, status) {
    super(message);
    this.status = status;
  }
}

/** Parameters of a request; Solr would replace `${…}` in them. */
export function addressOf(params) {
  const address = new URLSearchParams(params);
  if ([...address.values()].some((value) => value.includes("${"))) {
    address.set("expandMacros", "false");
  }
  return `?${address}`;
}

/** The properties of the core. */
export const config = () => ask(new URL("config?wt=json", HERE));

/** The grades of a query by id; null if the query has no judgments. */
export async function grades(query, signal) {
  const answer = await ask(new URL(`grades${addressOf({ q: query, wt: "json" })}`, HERE), signal);
  return answer.grades;
}

/** The requests of one search, to the handler that users of this core use. */
export class Search {
  constructor(config, settings) {
    this.config = config;
    this.settings = settings;
  }

  /** The first page without rerank. */
  firstPass() {
    return this.#url({ rows: ROWS, fl: this.#fields().join() });
  }

  /** Where hits stood before, as far down as candidates come from. */
  ranks() {
    const candidates = Number(this.settings.reRankDocs ?? this.config.defaults.reRankDocs);
    const rows = Math.min(Math.max(candidates || 0, ROWS), MOST_RANKS);
    return this.#url({ rows, fl: `${this.config.uniqueKey},score` });
  }

  /** The first page with rerank. */
  reranked() {
    const window = this.#hasWindows() ? " window=true" : "";
    const fields = [...this.#fields(), `ce:[${this.config.transformer}${window}]`];
    return this.#url({ rows: ROWS, fl: fields.join(), rq: this.#rankQuery() });
  }

  /** Whether the final score is more than the logit. */
  isBlended() {
    const { defaults } = this.config;
    const { blend, reRankOperator, reRankWeight } = this.settings;
    const operator = reRankOperator ?? reRankWeight;
    return Boolean(operator ?? (blend ? blend !== "ce" : (defaults.blend ?? defaults.reRankOperator)));
  }

  #hasWindows() {
    return ["maxp", "max"].includes(this.settings.passage ?? this.config.defaults.passage);
  }

  #fields() {
    const { uniqueKey, title, text, facts } = this.config;
    return [...new Set([uniqueKey, title, ...text, ...facts, "score"])];
  }

  #rankQuery() {
    const { q, firstPass, ...parameters } = this.settings;
    // Sent even if they are the defaults, so that a copied address shows what can be set.
    const all = { reRankDocs: this.config.defaults.reRankDocs, ...parameters };
    const text = this.#firstPass() ? ["query=$uq"] : [];
    return `{!${[this.config.parser, ...text, ...Object.entries(all).map(([name, value]) => `${name}=${quoted(value)}`)].join(" ")}}`;
  }

  /** The parameters of the chosen first pass, if it is another than the handler's own. */
  #firstPass() {
    const { firstPass } = this.settings;
    if (firstPass === undefined) {
      return undefined;
    }
    if (!Object.hasOwn(this.config.firstPasses ?? {}, firstPass)) {
      throw new Failure(`“${firstPass}” is not a first pass of this page`, 0);
    }
    return this.config.firstPasses[firstPass];
  }

  #url(more) {
    const pass = this.#firstPass();
    const query = pass ? { ...pass, uq: this.settings.q } : { q: this.settings.q };
    const path = HERE.pathname.slice(0, -(this.config.path.length + 1)) + this.config.select;
    return new URL(path + addressOf({ ...query, ...more, wt: "json" }), HERE);
  }
}

/** A value of a local parameter: unchanged if it is one word, otherwise in quotes, where no character has a special meaning. */
const quoted = (value) => (/^[\w.-]+$/.test(value) ? value : `'${value.replace(/[\\']/g, "\\$&")}'`);

/**
 * Solr's response.
 *
 * @throws {Failure} if Solr returns an error
 */
export async function ask(url, signal) {
  const response = await fetchIt(url, signal);
  const body = await response.text();
  const answer = json(body);
  if (!response.ok || answer === undefined) {
    const reason = answer?.error?.msg ?? answer?.error?.trace?.split("\n")[0];
    throw new Failure(reason ?? `${response.statusText || "No JSON"} from ${url.pathname}`, response.status);
  }
  return answer;
}

async function fetchIt(url, signal) {
  const form = { method: "POST", body: url.searchParams };
  try {
    return await (url.href.length > LONGEST_ADDRESS ? fetch(url.origin + url.pathname, { signal, ...form }) : fetch(url, { signal }));
  } catch (e) {
    if (e.name === "AbortError") {
      throw e;
    }
    throw new Failure(`No response from ${url.origin}. Is Solr running?`, 0);
  }
}

function json(body) {
  try {
    return JSON.parse(body);
  } catch {
    return undefined; // A page of a proxy or of Jetty.
  }
}
