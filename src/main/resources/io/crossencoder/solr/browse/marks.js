// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0

const WORD = /[\p{L}\p{N}]+/gu;
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;
const ENDINGS = "(?:['’]?s|es|ed|ing)?";
const MOST_WORDS = 30;
const MOST_PLACES = 200;

/** Words in nearly every text, which are not marked. */
const COMMON = new Set("a an and are as at be but by for from if in into is it no not of on or the to was with".split(" "));

/** Finds the words of a query, with a few endings; null if it has none. */
export function finder(query) {
  const words = [...new Set(query.toLowerCase().match(WORD) ?? [])].filter((word) => !COMMON.has(word)).slice(0, MOST_WORDS);
  if (words.length === 0) {
    return null;
  }
  // Letters and digits only, without regular expression syntax.
  const sources = words.map((word) => (UNSPACED.test(word) ? word : `(?<![\\p{L}\\p{N}])${word}${ENDINGS}(?![\\p{L}\\p{N}])`));
  return new RegExp(sources.join("|"), "giu");
}

/** A text as nodes, with the found words in <mark>; never interpreted as markup. */
export function marked(text, found) {
  const nodes = document.createDocumentFragment();
  let end = 0;
  for (const match of found ? text.matchAll(found) : []) {
    nodes.append(text.slice(end, match.index));
    const mark = document.createElement("mark");
    mark.textContent = match[0];
    nodes.append(mark);
    end = match.index + match[0].length;
  }
  nodes.append(text.slice(end));
  return nodes;
}

/**
 * The part of a long text with the most found words within `room` characters, cut between words. It is twice as long,
 * because the style sheet determines where it ends.
 */
export function excerpt(text, found, room) {
  const most = 2 * room;
  if (text.length <= most) {
    return text;
  }
  const from = start(text, found, room);
  const to = text.length - from <= most ? text.length : Math.max(text.lastIndexOf(" ", from + most), from + room);
  return (from > 0 ? "… " : "") + text.slice(from, to) + (to < text.length ? " …" : "");
}

/** Its start: a little before the first of the words that are closest together. */
function start(text, found, room) {
  const places = found ? [...text.matchAll(found)].slice(0, MOST_PLACES).map((match) => match.index) : [];
  const within = (from) => places.filter((place) => place >= from && place < from + room * 0.8).length;
  const best = places.reduce((best, place) => (within(place) > within(best) ? place : best), 0);
  return best === 0 ? 0 : text.lastIndexOf(" ", Math.min(best - room * 0.15, text.length - room * 0.75)) + 1;
}
