// What a viewer can choose: a list for each variable of the board, and one of periods. What is chosen stands in the address.

export class Controls {
  constructor(form, note, address, onChange) {
    Object.assign(this, { form, note, address, onChange, choices: {} });
  }

  /** `outline` names the variables; the values of most of them are found in the database. */
  async draw(outline, texts, path) {
    this.show(outline, texts);
    try {
      const answer = await fetch(path);
      if (answer.ok) this.choices = await answer.json();
    } finally {
      this.show(outline, texts);
    }
  }

  show(outline, texts) {
    const lists = outline.variables.map((variable) => this.list(variable, texts));
    const focused = document.activeElement?.name;
    this.form.replaceChildren(...lists, this.periods(outline, texts));
    if (focused) this.form.elements.namedItem(focused)?.focus(); // who chooses by keyboard goes on from there
    const gone = outline.variables.flatMap((variable) => this.gone(variable).map((value) => `${variable.label} ${value}`));
    this.note.hidden = gone.length === 0;
    this.note.textContent = this.note.hidden ? "" : `${texts.gone} ${gone.join(", ")}`;
  }

  list(variable, texts) {
    const fixed = variable.type === "custom";
    const known = fixed ? variable.options.map(({ value, text }) => [value, text]) : [["", variable.current.text[0]], ...(this.choices[variable.name] ?? [])];
    const first = fixed ? variable.current.value : "";
    return this.control(`var-${variable.name}`, variable.label, known, first);
  }

  periods(outline, texts) {
    return this.control("period", texts.period, [["", texts.periods.default], ...outline.periods.map((name) => [name, texts.periods[name]])], "");
  }

  /** Several values of an address are one more line of the list: a list chooses one. */
  control(name, label, known, first) {
    const asked = this.address.searchParams.getAll(name);
    const several = asked.join(", ");
    const lines = asked.length > 0 && !known.some(([value]) => value === several) ? [...known, [several, this.named(asked, known)]] : known;
    const list = document.createElement("select");
    list.name = name;
    list.append(...lines.map(([value, text]) => new Option(text, value)));
    list.value = asked.length > 0 ? several : first;
    list.addEventListener("change", () => this.choose(name, list.value, first));
    const element = document.createElement("label");
    element.append(label, list);
    return element;
  }

  named(values, known) {
    const names = new Map(known);
    return values.map((value) => names.get(value) ?? value).join(", ");
  }

  choose(name, value, first) {
    this.address.searchParams.delete(name);
    if (value !== first) this.address.searchParams.set(name, value);
    this.onChange();
  }

  /** Values in the address that there are none of any more, such as an agency that was merged away. */
  gone(variable) {
    const known = this.choices[variable.name]?.map(([value]) => value);
    if (variable.type === "custom" || !known) return [];
    return this.address.searchParams.getAll(`var-${variable.name}`).filter((value) => !known.includes(value));
  }
}
