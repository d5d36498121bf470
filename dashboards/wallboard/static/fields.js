// What Grafana's field options make of a value: its words, its colour, whether it is shown.

import { clock, fill, grouped } from "./format.js";

const NUMBERS = new Set(["locale", "dthms", "percent", "decbytes"]);

/** The options of a column: the panel's defaults, then its own. */
export function fieldOf(panel, column) {
  const own = panel.fieldConfig.overrides.find((override) => override.matcher.options === column)?.properties ?? [];
  return { name: column, displayName: column, ...panel.fieldConfig.defaults, empty: "", ...Object.fromEntries(own.map(({ id, value }) => [id === "noValue" ? "empty" : id, value])) };
}

export const isNumber = (field) => NUMBERS.has(field.unit);

/** A value in words. */
export function words(value, field, texts) {
  if (value === null || value === undefined) return field.empty;
  for (const mapping of field.mappings ?? []) {
    if (mapping.type === "value" && Object.hasOwn(mapping.options, String(value))) return mapping.options[String(value)].text;
    if (mapping.type === "regex" && new RegExp(`^${mapping.options.pattern}$`).test(value)) return String(value).replace(new RegExp(mapping.options.pattern), mapping.options.result.text);
  }
  return (UNITS[field.unit] ?? String)(value, texts);
}

const UNITS = {
  locale: (value, texts) => grouped(value, texts),
  dthms: (value, texts) => elapsed(value, texts),
  percent: (value) => `${Math.trunc(value)} %`,
  dateTimeAsIso: (value) => moment(value),
  decbytes: (value) => bytes(value),
};

/** "2 ngày 03:04:05". */
function elapsed(seconds, texts) {
  const whole = Math.max(Math.trunc(seconds), 0);
  const days = Math.trunc(whole / 86400);
  const parts = [Math.trunc((whole % 86400) / 3600), Math.trunc((whole % 3600) / 60), whole % 60].map((part) => String(part).padStart(2, "0"));
  return (days ? `${fill(texts.days, { n: days })} ` : "") + parts.join(":");
}

function moment(iso) {
  const day = new Intl.DateTimeFormat("en-CA", { timeZone: "Asia/Ho_Chi_Minh" }).format(new Date(iso));
  return `${day} ${clock(iso)}`;
}

function bytes(value) {
  const size = value >= 1e9 ? [1e9, "GB"] : value >= 1e6 ? [1e6, "MB"] : [1e3, "kB"];
  return `${Math.round(value / size[0])} ${size[1]}`;
}

/** The colour that stands beside a value, if any: a mapping's, a threshold's, or a fixed one. */
export function shade(value, field) {
  for (const mapping of field.mappings ?? []) {
    const found = mapping.type === "value" && mapping.options[String(value)]?.color;
    if (found) return found;
  }
  if (field.color?.mode === "fixed") return field.color.fixedColor;
  if (typeof value !== "number") return null;
  return field.thresholds.steps.filter((step) => step.value === null || step.value <= value).at(-1)?.color ?? null;
}
