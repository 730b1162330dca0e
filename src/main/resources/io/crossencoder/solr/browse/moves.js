// Copyright 2026 the solr-crossencoder authors. SPDX-License-Identifier: Apache-2.0

const SVG = "http://www.w3.org/2000/svg";

/** Lines from each hit on the left to the same hit on the right; from below if it is not on the left. */
export function drawMoves(svg, left, right) {
  const width = svg.clientWidth;
  const places = new Map([...left.children].map((hit) => [hit.dataset.id, hit]));
  const bottom = Math.max(end(left), end(right));
  svg.style.height = `${bottom}px`;
  const lines = width === 0 ? [] : [...right.children].map((hit) => line(places.get(hit.dataset.id), hit, width, bottom));
  svg.replaceChildren(...lines);
}

const end = (list) => list.offsetTop + list.offsetHeight;

/** The position of the first line of a hit. */
const middle = (hit) => hit.offsetTop + 22;

function line(from, to, width, bottom) {
  const y = middle(to);
  const start = from ? middle(from) : Math.min(bottom, y + 90);
  const path = document.createElementNS(SVG, "path");
  const x = from ? 0 : width * 0.45;
  path.setAttribute("d", `M${x} ${start} C${width * 0.55} ${start} ${width * 0.45} ${y} ${width} ${y}`);
  path.setAttribute("class", from ? way(Math.sign(number(from) - number(to))) : "up new");
  path.dataset.id = to.dataset.id;
  return path;
}

const number = (hit) => Number(hit.querySelector(".rank").textContent);
const way = (sign) => ["down", "same", "up"][sign + 1];

/** The positions of the hits of a list, by id. */
export const places = (list) => new Map([...list.children].map((hit) => [hit.dataset.id, hit.offsetTop]));

/** Moves hits from their old to their new positions. */
export function slide(list, before) {
  if (matchMedia("(prefers-reduced-motion: reduce)").matches) {
    return;
  }
  for (const hit of list.children) {
    const was = before.get(hit.dataset.id);
    if (was === undefined) {
      hit.animate([{ opacity: 0 }, { opacity: 1 }], { duration: 300 });
    } else if (was !== hit.offsetTop) {
      hit.animate([{ transform: `translateY(${was - hit.offsetTop}px)` }, { transform: "none" }], { duration: 380, easing: "cubic-bezier(.2,.7,.2,1)" });
    }
  }
}
