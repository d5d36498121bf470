// Numbers and durations as people read them, in the page's language.

const THIN = "\u2009";

/** 237630 as "237.630" or "237,630". */
export function grouped(number, texts) {
  return String(Math.trunc(number)).replace(/\B(?=(\d{3})+$)/g, texts.group);
}

/** The server shows "1.829" and "99,61 %"; English swaps the signs. Never rounded here: the server truncates. */
export function figure(shown, texts) {
  const signs = texts.lang === "en" ? shown.replace(/(?<=\d)[.,](?=\d)/g, (sign) => (sign === "," ? "." : ",")) : shown;
  return signs.replace(/ %$/, `${THIN}%`);
}

/** "99,61 %" as "99 %": nobody reads decimals from four metres. Cut off, not rounded, so that 100 % is all of them. */
export function whole(shown) {
  return shown.replace(/,\d+(?= %$)/, "");
}

/** Seconds as the largest whole unit. */
export function duration(seconds, texts) {
  const whole = Math.max(Math.floor(seconds), 0);
  if (whole < 120) return fill(texts.second, { n: whole });
  if (whole < 7200) return fill(texts.minute, { n: Math.floor(whole / 60) });
  return fill(texts.hour, { n: grouped(whole / 3600, texts) });
}

/** Events a second, or a minute where that is the whole number: nobody reads decimals from four metres. */
export function rate(perSecond, texts) {
  if (perSecond === 0 || perSecond >= 1) return { count: grouped(Math.round(perSecond), texts), unit: texts.per_second };
  return { count: grouped(Math.round(perSecond * 60), texts), unit: texts.per_minute };
}

/** "{age} ago" with its holes filled. */
export function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (hole, name) => values[name] ?? hole);
}

const PROVINCE = "Asia/Ho_Chi_Minh";

/** 10:32:05 in the province. */
export function clock(iso) {
  return new Intl.DateTimeFormat("en-GB", { timeZone: PROVINCE, hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" }).format(new Date(iso));
}

/** 24/11 in the province. */
export function dayAndMonth(iso) {
  return new Intl.DateTimeFormat("en-GB", { timeZone: PROVINCE, day: "2-digit", month: "2-digit" }).format(new Date(iso));
}

/** The civil day in the province. */
export function day(iso, texts) {
  const options = { timeZone: PROVINCE, weekday: "long", day: "numeric", month: texts.lang === "vi" ? "numeric" : "short", year: "numeric" };
  return new Intl.DateTimeFormat(texts.lang === "vi" ? "vi-VN" : "en-GB", options).format(new Date(iso));
}
