// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0

/** The discounted gain of grades in the order of a page. The gain is linear, as in trec_eval. */
const dcg = (grades) => grades.reduce((sum, grade, rank) => sum + Math.max(0, grade) / Math.log2(rank + 2), 0);

/**
 * nDCG of the first `depth` ids. Unjudged documents count as not relevant.
 *
 * @param {string[]} ids of a page, best first
 * @param {Object<string, number>} grades by id; all grades of the query, for the ideal ranking
 * @returns {number} 0 to 1; 0 if no document is relevant
 */
export function ndcg(ids, grades, depth) {
  const ideal = dcg(Object.values(grades).sort((a, b) => b - a).slice(0, depth));
  return ideal === 0 ? 0 : dcg(ids.slice(0, depth).map((id) => grades[id] ?? 0)) / ideal;
}
