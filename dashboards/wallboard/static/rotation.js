// Kiosk rotation: from board to board, each for `kiosk` seconds of the address, until a critical alert that is new.

const SECONDS = 30;
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
    if (this.on) this.timer = setTimeout(() => this.go(1), 1000 * Math.max(Number(this.address.searchParams.get("kiosk")) || SECONDS, 5));
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
