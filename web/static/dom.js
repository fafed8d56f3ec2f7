/** Elements: how everything here is put into the page. Data becomes text nodes, never markup. */

/** An element with properties and children; children that are false, null or empty are left out. */
export function el(tag, properties, ...children) {
  const node = Object.assign(document.createElement(tag), properties);
  node.append(...children.filter(Boolean));
  return node;
}

/** A button; `act` is called once for a double click. */
export function button(label, act, className = "plain", more = {}) {
  const node = el("button", { type: "button", className, ...more }, label);
  node.addEventListener("click", (event) => {
    if (event.detail > 1) return; // the second half of a double click
    act(event);
  });
  return node;
}

/** Set attributes that have no property of the same name. */
export function aria(node, attributes) {
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  return node;
}
