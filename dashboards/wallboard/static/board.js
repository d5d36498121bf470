// One board: its outline draws the panels, its feed fills them. What a message does not bring has not changed.

import { Controls } from "./controls.js";
import { clock, fill } from "./format.js";
import { Feed } from "./feed.js";
import { fillPanel, paragraphs } from "./panels.js";
import { Rotation } from "./rotation.js";

const root = document.documentElement;
const byId = (id) => document.getElementById(id);
const address = new URL(location.href);
const name = address.pathname.split("/").pop();
const inLanguage = (path) => (address.searchParams.get("lang") ? `${path}?lang=${encodeURIComponent(address.searchParams.get("lang"))}` : path);
const ofMyChoice = (path) => `${path}?${new URLSearchParams([...address.searchParams].filter(([key]) => key === "lang" || key === "period" || key.startsWith("var-")))}`;

let texts, outline;
let answers = {};
let marks = []; // of each kind that the outline names, what was found
let theme = address.searchParams.get("theme") ?? localStorage.getItem("theme") ?? "dark";
await load();
const feed = new Feed(ofMyChoice(`${name}/feed`), () => {
  Object.assign(answers, feed.last.panels);
  if (feed.last.marks) marks = feed.last.marks;
  for (const id of feed.last.marks ? Object.keys(answers) : Object.keys(feed.last.panels)) show(id);
  rotation.heed(feed.last.alarms);
  render();
});
const controls = new Controls(byId("controls"), byId("note"), address, choose);

async function load() {
  [texts, outline] = await Promise.all([inLanguage("../texts"), inLanguage(`${name}/outline`)].map(async (path) => (await fetch(path)).json()));
}

function draw() {
  root.lang = texts.lang;
  root.dataset.theme = theme;
  document.title = `Nhịp · ${outline.title}`;
  byId("title").textContent = outline.title;
  for (const element of document.querySelectorAll("[data-text]")) element.textContent = texts[element.dataset.text];
  byId("language").textContent = texts.other_language;
  byId("language").lang = texts.other_lang;
  byId("theme").textContent = theme === "dark" ? texts.to_light : texts.to_dark;
  byId("kiosk").textContent = rotation.on ? texts.kiosk_stop : texts.kiosk;
  byId("tabs").replaceChildren(tab("../", texts.headlines, false), ...outline.boards.map((board) => tab(board.name, board.title, board.name === name)));
  document.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" }); // a phone shows some of them
  byId("panels").replaceChildren(...inReadingOrder(outline.panels).map(frame));
  for (const id of Object.keys(answers)) show(id);
  byId("alarm").hidden = rotation.alarm === null;
  byId("alarm-text").textContent = rotation.alarm === null ? "" : fill(texts.alarm, { reason: rotation.alarm });
  byId("alarm").href = `alerts${address.search}`;
}

/** A phone shows one below the other. */
function inReadingOrder(panels) {
  return [...panels].sort((one, other) => one.gridPos.y - other.gridPos.y || one.gridPos.x - other.gridPos.x);
}

function tab(path, title, current) {
  const link = document.createElement("a");
  link.href = path + address.search;
  link.textContent = title;
  if (current) link.setAttribute("aria-current", "page");
  return link;
}

function frame(panel) {
  const { x, y, w, h } = panel.gridPos;
  const element = document.createElement("section");
  element.className = `panel ${panel.type}${h > 3 ? " tall" : ""}`;
  element.dataset.id = panel.id;
  element.title = panel.description;
  element.style.gridArea = `${y + 1} / ${x + 1} / span ${h} / span ${w}`;
  const title = document.createElement("h2");
  title.textContent = panel.title;
  const body = document.createElement("div");
  body.className = "body";
  body.tabIndex = ["table", "barchart", "state-timeline", "text"].includes(panel.type) ? 0 : -1; // scrolls by keyboard
  if (panel.type === "text") body.append(...paragraphs(panel.options.content));
  element.append(title, body);
  return element;
}

function show(id) {
  const panel = outline.panels.find((each) => String(each.id) === id);
  const body = document.querySelector(`[data-id="${id}"] .body`);
  const kinds = outline.marks.map((kind, place) => ({ ...kind, found: marks[place] ?? [] }));
  if (panel && body) fillPanel(body, panel, answers[id], texts, kinds);
}

function render() {
  const state = feed.broken ? "broken" : (feed.last?.away ? "away" : feed.last ? "live" : "starting");
  root.dataset.state = state;
  const time = feed.last?.as_of ? clock(feed.last.as_of) : null;
  byId("banner").hidden = state === "live" || state === "starting";
  byId("banner-text").textContent = byId("banner").hidden ? "" : time ? fill(texts[`banner_${state}`], { time }) : texts[`banner_${state}_first`];
  if (time) byId("clock").textContent = time;
}

async function speak(language) {
  address.searchParams.set("lang", language);
  await load();
  choose();
}

/** Another choice is another feed; nothing that was answered before belongs to it. */
function choose() {
  history.replaceState(null, "", address);
  answers = {};
  marks = [];
  feed.url = ofMyChoice(`${name}/feed`);
  feed.open();
  draw();
  controls.draw(outline, texts, inLanguage(`${name}/choices`));
}

function shine() {
  theme = theme === "dark" ? "light" : "dark";
  localStorage.setItem("theme", theme);
  draw();
}

const rotation = new Rotation(outline.boards.map((board) => board.name), name, address, draw);
byId("language").addEventListener("click", () => speak(texts.other_lang));
byId("theme").addEventListener("click", shine);
byId("kiosk").addEventListener("click", () => rotation.toggle());

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.target.closest("select, input, textarea")) return;
  const actions = {
    l: () => speak(texts.other_lang), t: shine, k: () => rotation.toggle(), 0: () => (location.href = `../${address.search}`),
    f: () => (document.fullscreenElement ? document.exitFullscreen() : root.requestFullscreen()),
    ArrowRight: () => rotation.go(1), ArrowLeft: () => rotation.go(-1),
  };
  const chosen = outline.boards[Number(event.key) - 1];
  if (chosen) location.href = chosen.name + address.search;
  else if (Object.hasOwn(actions, event.key)) actions[event.key]();
});

draw();
controls.draw(outline, texts, inLanguage(`${name}/choices`));
render();
setInterval(render, 1000);
