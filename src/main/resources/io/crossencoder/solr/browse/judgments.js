// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0

/**
 * A line of a file of judgments, or of a pool, where it has no grade yet.
 *
 * @typedef {object} Row
 * @property {string} query
 * @property {string} id of the document
 * @property {number} [grade]
 * @property {string} [qid]
 * @property {string} [title]
 * @property {string} [text]
 */

const NAMES = {
  query: ["query", "querytext", "keywords"],
  id: ["docid", "documentid", "doc", "document"],
  grade: ["rating", "grade", "judgment", "judgement", "relevance"],
  qid: ["qid", "queryid"],
  title: ["title"],
  text: ["passage", "text"],
};
const RANKLIB = /^(-?\d+(?:\.\d+)?)\s+qid:(\S+)[^#]*#\s*(\S+)\s*(.*)$/;
const HEADER = /^#\s*qid:([^\s:]+):\s*(.*?)(?:\*[\d.]+)?\s*$/;

/**
 * Reads CSV as Quepid and `scripts/evaluate.sh --pool` write it, or RankLib.
 *
 * @returns {Row[]}
 * @throws {Error} with the invalid line
 */
export function read(content) {
  const text = content.replace(/^\uFEFF/, "");
  const first = text.split("\n").find((line) => line.trim() !== "") ?? "";
  return first.startsWith("#") || RANKLIB.test(first.trim()) ? ranklib(text) : csv(text);
}

function ranklib(content) {
  const texts = new Map();
  const rows = [];
  content.split(/\r?\n/).forEach((line, i) => {
    const header = HEADER.exec(line);
    const row = RANKLIB.exec(line.trim());
    if (header) {
      texts.set(header[1], header[2]);
    } else if (row) {
      rows.push({ grade: Number(row[1]), qid: row[2], id: row[3], query: texts.get(row[2]) ?? row[4] });
    } else if (line.trim() !== "" && !line.startsWith("#")) {
      throw new Error(`line ${i + 1} must be like “1 qid:7 # 603 matrix”`);
    }
  });
  return complete(rows);
}

function csv(content) {
  const [header, ...records] = cells(content);
  const names = (header ?? []).map((name) => name.toLowerCase().replace(/[^a-z]/g, ""));
  const places = Object.entries(NAMES).map(([key, known]) => [key, names.findIndex((name) => known.includes(name))]);
  for (const [key, place] of places) {
    if (place < 0 && (key === "query" || key === "id")) {
      throw new Error(`the first line has no column ${NAMES[key][0]}`);
    }
  }
  return complete(records.map((record) => row(record, places)));
}

function row(record, places) {
  const found = {};
  for (const [key, place] of places) {
    const value = (record[place] ?? "").trim();
    if (value !== "") {
      found[key] = key === "grade" ? Number(value) : value;
    }
  }
  return found;
}

function complete(rows) {
  rows.forEach(({ query, id, grade }, i) => {
    if (!query || !id || Number.isNaN(grade)) {
      throw new Error(`entry ${i + 1} has ${!query ? "no query" : !id ? "no document" : "a grade that is not a number"}`);
    }
  });
  if (rows.length === 0) {
    throw new Error("the file contains no judgments");
  }
  return rows;
}

/** The cells of each line of RFC 4180, without empty lines. */
function cells(content) {
  const lines = [[]];
  const pattern = /(?:"((?:[^"]|"")*)"|([^,\r\n]*))(,|\r?\n|$)/gy;
  for (let match = pattern.exec(content); match && pattern.lastIndex <= content.length; match = pattern.exec(content)) {
    lines.at(-1).push(match[1]?.replaceAll('""', '"') ?? match[2]);
    if (match[3] === "") {
      break;
    }
    if (match[3] !== ",") {
      lines.push([]);
    }
  }
  if (pattern.lastIndex === 0) {
    throw new Error("a quotation mark is not closed, or is in the middle of a cell");
  }
  return lines.filter((line) => line.length > 1 || line[0] !== "" && line.length > 0);
}

/** A file that `scripts/evaluate.sh --judgments`, Quepid and {@link read} accept. */
export function write(rows) {
  const lines = rows.map(({ query, id, grade, qid }) => [query, id, String(grade), qid ?? ""]);
  return [["query", "docid", "rating", "qid"], ...lines].map((line) => line.map(cell).join(",")).join("\n") + "\n";
}

const cell = (value) => (/[",\r\n]|^\s|\s$/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);
