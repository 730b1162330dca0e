// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0

const whole = new Intl.NumberFormat("en");
const milliseconds = (value) => `${whole.format(Math.round(value))} ms`;
const hits = (count) => `${whole.format(count)} ${count === 1 ? "hit" : "hits"}`;

/** Number of hits and time of the first pass. */
export const firstPassLine = (answer) => `${hits(answer.response.numFound)} · ${milliseconds(answer.responseHeader.QTime)}`;

/** Costs of the reranking. */
export function rerankLine(answer) {
  const did = answer.crossEncoder ?? {};
  const time = milliseconds(answer.responseHeader.QTime);
  if (did.outcome === "queryResultCache") {
    return `${time} · the whole page from Solr’s cache`;
  }
  if (did.candidates === undefined) {
    return time;
  }
  const counts = [`${whole.format(did.scored ?? 0)} of ${whole.format(did.candidates)} scored`, time];
  if (did.cached > 0) {
    counts.push(`${whole.format(did.cached)} ${did.windows ? "windows " : ""}from the score cache`);
  }
  if (did.truncated > 0) {
    counts.push(`${whole.format(did.truncated)} truncated`);
  }
  return counts.join(" · ");
}

/** The banner for an outcome other than complete; null if there is none. */
export function outcome(answer) {
  const did = answer.crossEncoder;
  const rest = did && `${whole.format(did.scored ?? 0)} of ${whole.format(did.candidates ?? 0)} candidates were scored; the others keep their first-pass order.`;
  switch (did?.outcome) {
    case "complete":
    case "queryResultCache":
      return null;
    case "partial":
      return { kind: "warn", text: `Partial: ${did.shardsMissing ? "a shard is missing. " : "the timeout expired. "}${rest}` };
    case "overloaded":
      return { kind: "warn", text: "Overloaded: the model’s queue was full. This is the first-pass order." };
    case "skipped":
      return { kind: "warn", text: "Skipped: the query has no text for the model. This is the first-pass order." };
    case "failed":
      return { kind: "bad", text: `The model failed: ${did.error ?? "see Solr’s log"}. ${rest}` };
    case undefined:
      return { kind: "warn", text: "The response contains no section crossEncoder; check that last-components contains the component crossencoder." };
    default:
      return { kind: "warn", text: `Outcome: ${did.outcome}. ${rest}` };
  }
}

/** The rank change of a hit on the reranked page. */
export function moveOf(hit) {
  const from = hit.firstPassRank;
  if (from === undefined) {
    return { text: "new", way: "up", spoken: "moved up from below" };
  }
  const by = Math.abs(from - hit.rank);
  if (by === 0) {
    return { text: "=", way: "same", spoken: `stays at ${from}` };
  }
  const up = from > hit.rank;
  return { text: `${up ? "▲" : "▼"}${by}`, way: up ? "up" : "down", spoken: `moved ${up ? "up" : "down"} ${by}, from ${from} to ${hit.rank}` };
}

/** The summary for screen readers. */
export function spoken(answer, reranked) {
  const moved = reranked.filter((hit) => hit.firstPassRank !== hit.rank).length;
  return `${hits(answer.response.numFound)}. ${rerankLine(answer)}. ${moved} of the first ${reranked.length} moved.`;
}
