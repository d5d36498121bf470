// One renderer a kind of panel. Everything from the server is set as text, so markup in a name stays text.

import { drawn, make } from "./elements.js";
import { fieldOf, isNumber, shade, words } from "./fields.js";
import { clock, dayAndMonth } from "./format.js";
import { marked, markLegend, markRow, within } from "./marks.js";

/** `marks`, of those kinds of panel that have a time axis: what is marked on it, each kind with name, colour and found. */
export function fillPanel(body, panel, answer, texts, marks) {
  const { scrollTop, scrollLeft } = body;
  const kind = panel.transformations ? "heat" : panel.type;
  const fields = answer.columns.map((column) => fieldOf(panel, column));
  const filled = answer.rows.length > 0 ? RENDERERS[kind](panel, fields, answer, texts, marks) : make("p", "nothing", panel.fieldConfig.defaults.noValue);
  body.replaceChildren(filled);
  Object.assign(body, { scrollTop, scrollLeft });
}

const RENDERERS = { stat, gauge, table, heat, barchart, piechart, timeseries, "state-timeline": states, geomap };

const FEWEST_LETTERS = 5; // a count of one is set as one of thousands: tiles beside each other are alike
const BRIEF = 12; // two such fit beside each other on a phone

function stat(panel, fields, { rows }, texts) {
  const box = make("div", "stats");
  const told = rows[0].map((value, index) => (value === null ? "–" : words(value, fields[index], texts)));
  const room = told.reduce((sum, text, index) => sum + Math.max(text.length, fields.length > 1 ? fields[index].displayName.length / 2 + 2 : 0), 0);
  box.style.setProperty("--room", Math.max(room, FEWEST_LETTERS));
  box.classList.toggle("brief", room <= BRIEF);
  fields.forEach((field, index) => {
    const value = rows[0][index];
    const one = make("div", "stat");
    const colour = isNumber(field) && field.thresholds.steps.length > 1 ? shade(value, field) : null;
    if (colour) one.classList.add("judged");
    if (colour) one.style.setProperty("--shade", colour);
    if (fields.length > 1) one.append(make("span", "label", field.displayName));
    one.append(make("span", "number", told[index]));
    box.append(one);
  });
  return box;
}

const ARC = "M6 50A44 44 0 0 1 94 50"; // a half circle
const ARC_LENGTH = Math.PI * 44;

function gauge(panel, [field], { rows }, texts) {
  const [value] = rows[0];
  const { min, max } = panel.fieldConfig.defaults;
  const share = Math.min(Math.max(((value ?? min) - min) / (max - min), 0), 1);
  const svg = drawn("svg", { viewBox: "0 0 100 56", class: "gauge-arc" });
  svg.append(drawn("path", { d: ARC, class: "track" }), drawn("path", { d: ARC, stroke: shade(value, field) ?? "none", "stroke-dasharray": `${share * ARC_LENGTH} ${ARC_LENGTH}` }));
  const number = drawn("text", { x: 50, y: 50, "text-anchor": "middle" });
  number.textContent = value === null ? "–" : words(value, field, texts);
  svg.append(number);
  return chart(svg);
}

function table(panel, fields, { columns, rows }, texts) {
  const shown = fields.map((field, index) => ({ field, index })).filter(({ field }) => !field["custom.hidden"]);
  const code = columns.indexOf("code");
  const element = make("table");
  const head = element.createTHead().insertRow();
  const right = new Set(shown.filter(({ field, index }) => (isNumber(field) && !isLevel(field)) || field["custom.align"] === "right").map(({ index }) => index));
  for (const { field, index } of shown) head.append(make("th", right.has(index) ? "number" : "", field.displayName));
  const body = element.createTBody();
  for (const row of rows) {
    const line = body.insertRow();
    for (const { field, index } of shown) line.append(cell(row[index], field, row[code], right.has(index), texts));
  }
  return element;
}

function cell(value, field, code, right, texts) {
  const options = field["custom.cellOptions"] ?? {};
  const text = words(value, field, texts);
  const whole = (field["custom.width"] && field.unit !== "dateTimeAsIso") || !text.includes(" "); // a code is not parted
  const kind = right ? "number" : whole ? "short" : "";
  const long = isLevel(field) || (!right && text.length > BRIEF);
  const element = make("td", `${kind}${text === "" || text === "–" ? " blank" : ""}${long ? " long" : ""}`);
  element.dataset.label = field.displayName; // where there is no room for a head: on a phone
  const colour = options.type ? shade(value, field) : null;
  if (colour) element.style.setProperty("--shade", colour);
  if (isLevel(field) && value !== null) {
    element.append(level(value));
    return element;
  }
  const told = make("span");
  if (colour && value !== null) told.append(make("span", "dot"));
  told.append(field.links ? link(text, field.links[0].url, code) : text);
  element.append(told);
  return element;
}

const isLevel = (field) => field["custom.cellOptions"]?.type === "gauge";

function level(percent) {
  const element = make("div", "level");
  element.append(make("span"));
  element.firstElementChild.style.width = `${percent}%`;
  return element;
}

/** Grafana's address of a board is ours too, but for the beginning; `code` is the agency to choose there. */
function link(text, url, code) {
  const element = make("a", "", text);
  const chosen = new URLSearchParams(location.search);
  if (code) chosen.set("var-agency", code);
  element.href = `${url.match(/nhip-(\w+)-/)[1]}?${chosen}`;
  return element;
}

function heat(panel, fields, { rows }, texts) {
  const across = [...new Set(rows.map((row) => row[1]))].sort();
  const down = [...new Set(rows.map((row) => row[0]))];
  const values = new Map(rows.map((row) => [`${row[0]}\n${row[1]}`, row[2]]));
  const most = Math.max(...rows.map((row) => row[2] ?? 0), 1);
  const element = make("table", "heat");
  const head = element.createTHead().insertRow();
  head.append(make("th", "", fields[0].displayName), ...across.map((name) => make("th", "number", name)));
  const body = element.createTBody();
  for (const name of down) {
    const line = body.insertRow();
    line.append(make("td", "", name));
    for (const column of across) {
      const value = values.get(`${name}\n${column}`);
      const one = make("td", "number", value === undefined || value === null ? "" : words(value, fields[2], texts));
      if (value > 0) one.style.background = `rgb(86 180 233 / ${(0.08 + (0.42 * value) / most).toFixed(2)})`;
      line.append(one);
    }
  }
  return element;
}

function barchart(panel, fields, { rows }, texts) {
  const most = Math.max(...rows.map((row) => row[1]), 1);
  const box = make("div", "bars");
  for (const row of rows) {
    const bar = make("div", "bar");
    bar.append(make("span"));
    bar.style.setProperty("--shade", fields[1].color.fixedColor);
    bar.firstElementChild.style.width = `${(100 * row[1]) / most}%`;
    box.append(make("span", "name", words(row[0], fields[0], texts)), bar, make("span", "count", words(row[1], fields[1], texts)));
  }
  return box;
}

const RADIUS = 40;
const NAMED = 0.06; // a smaller slice has no room for its name; the list below has all

/** A slice for each column of one row, from the top clockwise. */
function piechart(panel, fields, { rows: [row] }, texts) {
  const whole = row.reduce((sum, value) => sum + value, 0);
  const slices = fields.map((field, index) => ({ field, value: row[index], share: row[index] / whole })).filter(({ value }) => value > 0);
  const told = ({ field, value }) => `${field.displayName}: ${words(value, field, texts)} · ${Math.trunc((100 * value) / whole)} %`;
  const svg = drawn("svg", { viewBox: "-130 -46 260 92", class: "pie" });
  let turned = 0;
  for (const slice of slices) {
    const middle = turned + slice.share / 2;
    svg.append(drawn("path", { d: wedge(turned, turned + slice.share), fill: slice.field.color.fixedColor }, told(slice)));
    if (slice.share >= NAMED) {
      const [x, y] = around(middle, RADIUS + 4);
      const name = drawn("text", { x, y, "text-anchor": middle < 0.5 ? "start" : "end", "dominant-baseline": "middle" });
      name.textContent = slice.field.displayName;
      svg.append(name);
    }
    turned += slice.share;
  }
  return chart(svg, legend(slices.map((slice) => [told(slice), slice.field.color.fixedColor])));
}

/** Where a share of the whole circle ends, at a distance from its middle. */
const around = (share, distance) => [distance * Math.sin(2 * Math.PI * share), -distance * Math.cos(2 * Math.PI * share)];

function wedge(from, to) {
  const end = Math.min(to, from + 0.99999); // an arc of a whole circle would end where it begins
  return `M0 0L${around(from, RADIUS)}A${RADIUS} ${RADIUS} 0 ${end - from > 0.5 ? 1 : 0} 1 ${around(end, RADIUS)}Z`;
}

/** A note's text, parted by empty lines. */
export const paragraphs = (text) => text.split("\n\n").map((part) => make("p", "note-text", part));

const WIDTH = 600;
const HEIGHT = 100;
const FEWEST = 12; // bars that there is room for, so that one alone does not fill the chart

const UNITS = { m: 60_000, h: 3_600_000, d: 86_400_000 };

/** The width of one bar, such as "5m", in milliseconds. */
const milliseconds = (interval) => parseInt(interval, 10) * UNITS[interval.at(-1)];

function timeseries(panel, fields, { rows, interval }, texts, marks) {
  const times = rows.map((row) => Date.parse(row[0]));
  const step = milliseconds(interval);
  const span = Math.max(times.at(-1) - times[0] + step, FEWEST * step);
  const first = times.at(-1) + step - span; // the newest bar stands at the right
  const most = Math.max(...rows.map((row) => row.slice(1).reduce((sum, value) => sum + (value ?? 0), 0)), 1);
  const svg = drawn("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: "none" });
  const seen = within(marks, first, first + span);
  const { bands, lines } = marked(seen, WIDTH, HEIGHT);
  svg.append(...bands);
  rows.forEach((row, index) => {
    let top = HEIGHT;
    row.slice(1).forEach((value, place) => {
      if (!value) return;
      const height = (value / most) * HEIGHT;
      top -= height;
      const field = fields[place + 1];
      const title = `${clock(row[0])} · ${field.displayName}: ${words(value, field, texts)}`;
      svg.append(drawn("rect", { x: ((times[index] - first) / span) * WIDTH, y: top, width: Math.max((step / span) * WIDTH * 0.85, 1), height, fill: field.color.fixedColor }, title));
    });
  });
  svg.append(...lines);
  const present = fields.slice(1).filter((field, place) => rows.some((row) => row[place + 1]));
  const most_shown = make("div", "axis");
  most_shown.append(make("span", "", words(most, { ...fields[1], mappings: [] }, texts)));
  return chart(most_shown, svg, axis(new Date(first).toISOString(), new Date(first + span).toISOString()), legend(present.map((field) => [field.displayName, field.color.fixedColor])), ...markLegend(seen));
}

function chart(...parts) {
  const box = make("div", "chart");
  box.append(...parts);
  return box;
}

function axis(first, last) {
  const box = make("div", "axis");
  const short = (iso) => (Date.parse(last) - Date.parse(first) > 86_400_000 ? dayAndMonth(iso) : clock(iso).slice(0, 5));
  box.append(make("span", "", short(first)), make("span", "", short(last)));
  return box;
}

function legend(entries) {
  const box = make("div", "legend");
  for (const [name, colour] of entries) {
    const one = make("span");
    one.style.setProperty("--shade", colour);
    one.append(make("span", "dot"), name);
    box.append(one);
  }
  return box;
}

function states(panel, fields, { rows, interval }, texts, marks) {
  const field = fields[2];
  const times = rows.map((row) => Date.parse(row[0]));
  const lower = Math.min(...times);
  const step = milliseconds(interval);
  const span = Math.max(...times) + step - lower;
  const box = make("div", "states");
  const seen = within(marks, lower, lower + span);
  for (const kind of seen) box.append(make("span", "name", kind.name), markRow(kind));
  for (const [name, own] of Map.groupBy(rows, (row) => row[1])) {
    const svg = drawn("svg", { viewBox: `0 0 ${span} 1`, preserveAspectRatio: "none" });
    for (const run of runs(own, step)) {
      const title = `${clock(new Date(run.from))}–${clock(new Date(run.to))} · ${words(run.value, field, texts)}`;
      svg.append(drawn("rect", { x: run.from - lower, y: 0, width: run.to - run.from, height: 1, fill: shade(run.value, field) }, title));
    }
    box.append(make("span", "name", name), svg);
  }
  const known = Object.values(panel.fieldConfig.defaults.mappings[0].options).map(({ text, color }) => [text, color]);
  return chart(legend(known), axis(new Date(lower).toISOString(), new Date(lower + span).toISOString()), box);
}

/** Neighbours alike, as one. */
function runs(rows, step) {
  const found = [];
  for (const [time, , value] of rows) {
    const from = Date.parse(time);
    const last = found.at(-1);
    if (last && last.to === from && last.value === value) last.to = from + step;
    else found.push({ from, to: from + step, value });
  }
  return found;
}

const HEAT = "#E69F00"; // where many lie close together their rings add up
const FONT = 2; // of a name on the map, the width of a letter and the height of a line, in units of the picture
const LETTER = 1.25;
const LINE = 2.6;
const PHONE = "(max-width: 899px)"; // as in the style sheets

/** Names of areas a little above their middle, where reports lie closest; a name that would stand on another is left to its tooltip. */
function geomap(panel, fields, { columns, rows }, texts) {
  const [lat, lon, label, standing] = ["lat", "lon", "label", "standing"].map((name) => columns.indexOf(name));
  const spread = (index) => [Math.min(...rows.map((row) => row[index])), Math.max(...rows.map((row) => row[index]))];
  const [south, north] = spread(lat);
  const [west, east] = spread(lon);
  const scale = 100 / Math.max(north - south, east - west, 0.01);
  const narrow = Math.cos(((north + south) / 2) * (Math.PI / 180)); // a degree of longitude is shorter
  const [width, height] = [(east - west) * scale * narrow, (north - south) * scale];
  const place = (row) => ({ x: (row[lon] - west) * scale * narrow, y: (north - row[lat]) * scale });
  const svg = drawn("svg", { viewBox: `-6 -3 ${width + 12} ${height + 6}`, class: "map" });
  const reports = rows.filter((row) => label < 0 || row[label] === null);
  for (const row of reports) {
    const { x, y } = place(row);
    svg.append(drawn("circle", { cx: x, cy: y, r: 4, fill: HEAT, class: "heat" }));
  }
  const size = matchMedia(PHONE).matches ? 1.7 : 1; // the whole picture is smaller there
  svg.append(...names(size, rows.filter((row) => !reports.includes(row)).map((row) => ({ ...place(row), name: row[label] }))));
  for (const row of reports.sort((one, other) => one[standing] - other[standing])) {
    const { x, y } = place(row);
    const told = ["report_id", "category"].map((name) => row[columns.indexOf(name)]).join(" · ");
    svg.append(drawn("circle", { cx: x, cy: y, r: 1.1, fill: shade(row[standing], fields[standing]) }, told));
  }
  return chart(svg);
}

function names(size, places) {
  const taken = [];
  return places.map(({ x, y, name }) => {
    const half = (size * name.length * LETTER) / 2;
    const free = taken.every((other) => Math.abs(other.x - x) > other.half + half || Math.abs(other.y - y) > size * LINE);
    if (!free) return drawn("circle", { cx: x, cy: y, r: 0.4, class: "middle" }, name);
    taken.push({ x, y, half });
    const text = drawn("text", { x, y: y - LINE * 0.7, "font-size": size * FONT, "text-anchor": "middle", "dominant-baseline": "middle" });
    text.textContent = name;
    return text;
  });
}
