// What is marked on time axes: alerts and maintenance, told apart by the form of their lines, not by colour alone.

import { drawn, make } from "./elements.js";
import { clock, dayAndMonth } from "./format.js";

const DAY_MS = 86_400_000;
const SHORTEST = 0.004; // of the axis, so that a moment can be seen and pointed at

/** The kinds of which something lies between two moments (milliseconds); `begin` and `end` as shares of that time. */
export function within(kinds, from, to) {
  const share = (time) => (time - from) / (to - from);
  const when = (iso) => (to - from > DAY_MS ? `${dayAndMonth(iso)} ` : "") + clock(iso).slice(0, 5);
  const told = ({ begin, end, text }) => `${when(begin)}${end ? `–${when(end)}` : ""} · ${text}`;
  const of = (mark) => ({ begin: share(Date.parse(mark.begin)), end: mark.end ? share(Date.parse(mark.end)) : 1, told: told(mark) });
  return kinds
    .map((kind, form) => ({ ...kind, form, found: kind.found.map(of).filter(({ begin, end }) => begin < 1 && end > 0) }))
    .filter(({ found }) => found.length > 0);
}

/** Bands to lie behind a chart, where marks overlap no darker, and lines to stand before it where each began. */
export function marked(kinds, width, height) {
  const bands = kinds.map((kind) => group(kind, "band", kind.found.map((mark) => block(mark, width, height))));
  const begun = ({ begin }) => begin >= 0;
  const line = (begin, className) => drawn("path", { d: `M${begin * width} 0V${height}`, class: className });
  const lines = kinds.map((kind) =>
    group(kind, `begun form-${kind.form}`, kind.found.filter(begun).flatMap(({ begin }) => [line(begin, "halo"), line(begin, "line")])),
  );
  return { bands, lines };
}

/** A kind's marks as a row of a state timeline. */
export function markRow(kind) {
  const svg = drawn("svg", { viewBox: "0 0 1 1", preserveAspectRatio: "none" });
  svg.append(group(kind, "row", kind.found.map((mark) => block(mark, 1, 1))));
  return svg;
}

function group({ colour }, className, parts) {
  const element = drawn("g", { class: className, fill: colour, stroke: colour });
  element.append(...parts);
  return element;
}

function block({ begin, end, told }, width, height) {
  const x = Math.max(begin, 0);
  return drawn("rect", { x: x * width, y: 0, width: Math.max(Math.min(end, 1) - x, SHORTEST) * width, height }, told);
}

const LISTED = 12;

/** What the newest mark of each kind says, in words for those who cannot point at it, and how many more there are. */
export function markLegend(kinds) {
  return kinds.map(({ name, colour, form, found: [newest, ...others] }) => {
    const element = make("div", `marks form-${form}`);
    element.style.setProperty("--shade", colour);
    element.title = [newest, ...others].slice(0, LISTED).map(({ told }) => told).join("\n");
    element.append(make("span", "line"), make("span", "told", `${name}: ${newest.told}`));
    if (others.length > 0) element.append(make("span", "more", `+${others.length}`));
    return element;
  });
}
