// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0
import { element, number } from "./dom.js";
import { excerpt, marked } from "./marks.js";

const ROOM = 2000;

/** The details of a hit. */
export function details(hit, found) {
  const text = element("p", "full");
  text.append(marked(excerpt(hit.text, found, ROOM), found));
  const facts = element("dl", "");
  for (const [name, value] of known(hit)) {
    facts.append(element("div", "", element("dt", "", name), element("dd", "", value)));
  }
  const all = document.createDocumentFragment();
  all.append(text, facts);
  return all;
}

function known(hit) {
  const ce = hit.ce ?? {};
  const before = hit.firstPassRank ?? ce.firstPassRank;
  return [
    ["id", hit.id],
    ["score", hit.score === undefined ? undefined : number(hit.score)],
    ["logit", ce.logit === undefined ? undefined : number(ce.logit)],
    ["probability", ce.probability?.toFixed(3)],
    ["first-pass score", hit.firstPassScore === undefined ? undefined : number(hit.firstPassScore)],
    ["first-pass rank", before === undefined ? undefined : String(before)],
    ["truncated", ce.truncated === undefined ? undefined : ce.truncated ? "yes" : "no"],
    ["grade", hit.grade === undefined ? undefined : String(hit.grade)],
  ].filter(([, value]) => value !== undefined);
}
