// Kiosk rotation: from board to board, each screenful for `kiosk` seconds of the address, until a critical alert that is new.

const SECONDS = 30;
const OVERLAP = 0.9; // of a screenful onward, so that a panel that was cut is seen whole
const A_LINE = 24; // pixels
const SEEN = "alarms"; // ids of the alerts that stood when the rotation began; lives as long as the tab

export class Rotation {
  constructor(names, name, address, onChange) {
    Object.assign(this, { names, name, address, onChange, alarm: null });
    this.schedule();
  }

  get on() {
    return this.address.searchParams.has("kiosk");
  }

  schedule() {
    clearTimeout(this.timer);
    if (this.on) this.timer = setTimeout(() => this.turn(), 1000 * Math.max(Number(this.address.searchParams.get("kiosk")) || SECONDS, 5));
  }

  /** What does not fit on the wall is shown in its turn. */
  turn() {
    const left = document.documentElement.scrollHeight - scrollY - innerHeight;
    if (left < A_LINE) return this.go(1);
    scrollBy({ top: Math.min(left, OVERLAP * innerHeight), behavior: "instant" });
    this.schedule();
  }

  /** The critical alerts that nobody has taken, [id, reason] each, the newest first. */
  heed(alarms) {
    if (!this.on) return;
    const seen = JSON.parse(sessionStorage.getItem(SEEN) ?? "null");
    const fresh = alarms.find(([id]) => seen && !seen.includes(id));
    if (fresh) {
      this.stop();
      this.alarm = fresh[1];
      this.onChange();
    } else {
      sessionStorage.setItem(SEEN, JSON.stringify(alarms.map(([id]) => id)));
    }
  }

  stop() {
    this.address.searchParams.delete("kiosk");
    history.replaceState(null, "", this.address);
    sessionStorage.removeItem(SEEN);
    this.schedule();
  }

  toggle() {
    this.alarm = null;
    if (this.on) this.stop();
    else {
      this.address.searchParams.set("kiosk", SECONDS);
      history.replaceState(null, "", this.address);
      this.schedule();
    }
    this.onChange();
  }

  go(steps) {
    const next = this.names[(this.names.indexOf(this.name) + steps + this.names.length) % this.names.length];
    location.href = next + this.address.search;
  }
}
