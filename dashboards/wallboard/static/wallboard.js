// The page: texts of one language, the newest message of the feed, and what to think of it.

import { clock, day, duration, fill } from "./format.js";
import { Feed } from "./feed.js";
import { ageOf, isStale, showIndicators, showPulses } from "./tiles.js";

const root = document.documentElement;
const byId = (id) => document.getElementById(id);
const address = new URL(location.href);

let texts = await fetchTexts(address.searchParams.get("lang"));
let theme = address.searchParams.get("theme") ?? localStorage.getItem("theme") ?? "dark";
const feed = new Feed("feed", () => {
  beat();
  render();
});

async function fetchTexts(language) {
  const answer = await fetch(language ? `texts?lang=${encodeURIComponent(language)}` : "texts");
  return answer.json();
}

function showTexts() {
  root.lang = texts.lang;
  document.title = texts.title;
  for (const element of document.querySelectorAll("[data-text]")) element.textContent = texts[element.dataset.text];
  byId("language").textContent = texts.other_language;
  byId("language").lang = texts.other_lang;
  byId("theme").textContent = theme === "dark" ? texts.to_light : texts.to_dark;
}

function showTheme() {
  root.dataset.theme = theme;
}

function render() {
  const message = feed.last;
  const state = stateOf(message);
  root.dataset.state = state;
  showBanner(state, message);
  if (!message?.as_of) return;
  byId("clock").textContent = clock(message.as_of);
  byId("day").textContent = day(message.as_of, texts);
  showIndicators(byId("indicators"), byId("indicator"), message.indicators, new Set(stale(message).map(({ name }) => name)), texts);
  showPulses(byId("pulses"), byId("pulse"), message.streams, feed.readAgo, texts);
}

function stateOf(message) {
  if (feed.broken) return "broken";
  if (message === null) return "starting";
  if (message.away) return "away";
  return stale(message).length > 0 ? "stale" : "live";
}

function stale(message) {
  return message.streams.map(({ stream }) => stream).filter((stream) => isStale(ageOf(stream, feed.readAgo)));
}

function showBanner(state, message) {
  byId("banner").hidden = state === "live" || state === "starting";
  const text = bannerText(state, message);
  if (byId("banner-text").textContent !== text) byId("banner-text").textContent = text;
}

function bannerText(state, message) {
  if (state === "live" || state === "starting") return "";
  const time = message?.as_of ? clock(message.as_of) : null;
  if (state !== "stale") return time ? fill(texts[`banner_${state}`], { time }) : texts[`banner_${state}_first`];
  const old = stale(message);
  const age = Math.min(...old.map((stream) => ageOf(stream, feed.readAgo)));
  const streams = old.map((stream) => texts.streams[stream.name] ?? stream.name).join(", ");
  return fill(texts.banner_stale, { streams, age: duration(age, texts) });
}

function beat() {
  const mark = document.querySelector(".mark");
  mark.classList.remove("beat");
  requestAnimationFrame(() => mark.classList.add("beat"));
}

byId("language").addEventListener("click", async () => {
  texts = await fetchTexts(texts.other_lang);
  address.searchParams.set("lang", texts.lang);
  history.replaceState(null, "", address);
  showTexts();
  render();
});

byId("theme").addEventListener("click", () => {
  theme = theme === "dark" ? "light" : "dark";
  localStorage.setItem("theme", theme);
  showTheme();
  showTexts();
});

showTheme();
showTexts();
render();
setInterval(render, 1000);
