// Indicators and pulses. Everything from the server is set as text, so markup in a name stays text.

import { duration, figure, fill, grouped, rate, whole } from "./format.js";

const GLYPHS = {
  reports: "M10 1a9 9 0 1 0 0 18a9 9 0 0 0 0-18Z",
  dossiers: "M2 2h16v16H2Z",
  health: "M10 1 20 18H0Z",
  other: "M10 0 20 10 10 20 0 10Z",
};
const STALE_SECONDS = 30;

/** The elements of a list, one a key, in the list's order; made from the template when they are new. */
function keyed(parent, template, keys) {
  const known = new Map([...parent.children].map((element) => [element.dataset.key, element]));
  const elements = keys.map((key) => known.get(key) ?? made(template, key));
  if (elements.some((element, index) => parent.children[index] !== element) || known.size !== keys.length) parent.replaceChildren(...elements);
  return elements;
}

function made(template, key) {
  const element = template.content.firstElementChild.cloneNode(true);
  element.dataset.key = key;
  const stream = key.split(".")[0];
  element.dataset.stream = Object.hasOwn(GLYPHS, stream) ? stream : "other";
  element.querySelector(".glyph path").setAttribute("d", GLYPHS[element.dataset.stream]);
  return element;
}

function say(element, selector, text) {
  const part = element.querySelector(selector);
  if (part.textContent !== text) part.textContent = text;
}

const READINGS = ["reports.received", "reports.processed", "health.uptime", "dossiers.received", "dossiers.on_time", "dossiers.online_eligible"];
const STREAMS = ["reports", "dossiers", "health"];

/** In the order of `names`, others after them. */
function arranged(list, names, nameOf) {
  const place = (item) => (names.includes(nameOf(item)) ? names.indexOf(nameOf(item)) : names.length);
  return [...list].sort((one, other) => place(one) - place(other));
}

/** `old` are the streams whose data is stale. */
export function showIndicators(parent, template, readings, old, texts) {
  const sorted = arranged(readings, READINGS, (reading) => reading.name);
  const elements = keyed(parent, template, sorted.map((reading) => reading.name));
  sorted.forEach((reading, index) => {
    showIndicator(elements[index], reading, texts);
    elements[index].classList.toggle("stale", old.has(reading.name.split(".")[0]));
  });
}

const ROOM = 8; // characters that fit at full size

function showIndicator(element, { name, numerator, denominator, shown }, texts) {
  const words = texts.indicators[name] ?? { name, counts: "" };
  const applies = shown !== "N/A" && numerator !== null && denominator !== 0;
  const isRatio = applies && denominator !== null;
  say(element, ".name", words.name);
  say(element, ".value", applies ? figure(whole(shown), texts) : texts.not_applicable);
  say(element, ".fraction", isRatio ? `${figure(shown, texts)} · ${fraction(name, numerator, denominator, texts)}` : "");
  say(element, ".counts", words.counts);
  const value = element.querySelector(".value");
  value.classList.toggle("words", !applies);
  value.style.setProperty("--fit", applies ? Math.min(1, ROOM / whole(shown).length) : 1);
  const meter = element.querySelector(".meter");
  meter.classList.toggle("none", !isRatio);
  meter.firstElementChild.style.width = isRatio ? `${(100 * numerator) / denominator}%` : "0";
}

const MANY_SECONDS = 100_000;

/** Health counts seconds; where they are many, people read minutes. */
function fraction(name, numerator, denominator, texts) {
  const inTime = name.startsWith("health.");
  const [size, unit] = inTime ? (denominator < MANY_SECONDS ? [1, texts.seconds] : [60, texts.minutes]) : [1, ""];
  return `${grouped(numerator / size, texts)} / ${grouped(denominator / size, texts)} ${unit}`.trim();
}

export function showPulses(parent, template, pulses, readAgo, texts) {
  const sorted = arranged(pulses, STREAMS, ({ stream }) => stream.name);
  const elements = keyed(parent, template, sorted.map(({ stream }) => stream.name));
  sorted.forEach((pulse, index) => showPulse(elements[index], pulse, readAgo, texts));
}

function showPulse(element, { stream, rate: perSecond, history }, readAgo, texts) {
  const age = ageOf(stream, readAgo);
  say(element, ".name", texts.streams[stream.name] ?? stream.name);
  say(element, ".stored .count", grouped(stream.stored, texts));
  say(element, ".stored .unit", texts.stored);
  const { count, unit } = rate(perSecond, texts);
  say(element, ".rate .count", count);
  say(element, ".rate .unit", unit);
  say(element, ".age", age === null ? texts.no_data : fill(texts.age, { age: duration(age, texts) }));
  say(element, ".old", texts.stale_mark);
  say(element, ".duplicates", `${grouped(stream.duplicates, texts)} ${texts.duplicates}`);
  say(element, ".dead", `${grouped(stream.dead_letters, texts)} ${texts.dead_letters}`);
  element.classList.toggle("stale", isStale(age));
  draw(element, history);
}

export function ageOf(stream, readAgo) {
  return stream.data_age_s === null ? null : stream.data_age_s + readAgo;
}

export function isStale(age) {
  return age !== null && age > STALE_SECONDS;
}

const POINTS = 239; // one fewer than rates.py keeps: the viewBox is one unit a reading wide, the newest on the right
const HEIGHT = 40;

function draw(element, history) {
  const top = Math.max(...history, 1);
  const points = history.map((value, index) => `${POINTS - (history.length - 1 - index)} ${(HEIGHT - (value / top) * (HEIGHT - 3)).toFixed(1)}`);
  const line = points.length > 1 ? `M${points.join("L")}` : "";
  element.querySelector(".line").setAttribute("d", line);
  element.querySelector(".area").setAttribute("d", line && `${line}V${HEIGHT}H${POINTS - history.length + 1}Z`);
}
