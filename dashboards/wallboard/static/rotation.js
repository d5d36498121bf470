// Kiosk rotation: from board to board, each for `kiosk` seconds of the address.

const SECONDS = 30;

export class Rotation {
  constructor(names, name, address, onChange) {
    Object.assign(this, { names, name, address, onChange });
    this.schedule();
  }

  get on() {
    return this.address.searchParams.has("kiosk");
  }

  schedule() {
    clearTimeout(this.timer);
    if (this.on) this.timer = setTimeout(() => this.go(1), 1000 * Math.max(Number(this.address.searchParams.get("kiosk")) || SECONDS, 5));
  }

  toggle() {
    if (this.on) this.address.searchParams.delete("kiosk");
    else this.address.searchParams.set("kiosk", SECONDS);
    history.replaceState(null, "", this.address);
    this.schedule();
    this.onChange();
  }

  go(steps) {
    const next = this.names[(this.names.indexOf(this.name) + steps + this.names.length) % this.names.length];
    location.href = next + this.address.search;
  }
}
