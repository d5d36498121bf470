// Elements of the page and of drawings. Everything from the server is set as text, so markup in a name stays text.

const SVG = "http://www.w3.org/2000/svg";

export function make(tag, className, text) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (text !== undefined) element.textContent = text;
  return element;
}

export function drawn(tag, attributes, title) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  if (title) element.append(Object.assign(document.createElementNS(SVG, "title"), { textContent: title }));
  return element;
}
