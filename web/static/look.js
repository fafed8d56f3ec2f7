/** Look: text size and colours, chosen by the resident and kept in this browser. */

import { aria, button, el } from "./dom.js";
import { recallLook, rememberLook } from "./memory.js";

const SIZES = [["normal", "标准"], ["large", "大字"], ["huge", "特大"]];
const THEMES = [["auto", "跟随手机"], ["light", "浅色"], ["dark", "深色"], ["contrast", "高对比"]];

export class Look {
  #app;
  #look = recallLook();
  #night = window.matchMedia("(prefers-color-scheme: dark)");
  #sizes = new Map();

  /** Sets what `app`, the element around everything, looks like. */
  constructor(app) {
    this.#app = app;
    this.#night.addEventListener("change", () => this.#apply());
    const sizes = SIZES.map(([size, label]) => {
      const node = button(label, () => this.#choose({ size }), `size ${size}`);
      this.#sizes.set(size, node);
      return node;
    });
    const themes = el("select", { className: "theme" }, ...THEMES.map(([theme, label]) => el("option", { value: theme }, label)));
    themes.value = this.#look.theme;
    themes.addEventListener("change", () => this.#choose({ theme: themes.value }));
    aria(themes, { "aria-label": "配色" });
    this.node = aria(el("div", { className: "look" }, el("span", {}, "字号"), ...sizes, themes), {
      role: "group",
      "aria-label": "字号和配色",
    });
    this.#apply();
  }

  #choose(change) {
    Object.assign(this.#look, change);
    rememberLook(this.#look);
    this.#apply();
  }

  #apply() {
    const { size, theme } = this.#look;
    this.#app.dataset.size = size;
    this.#app.dataset.theme = theme === "auto" ? (this.#night.matches ? "dark" : "light") : theme;
    for (const [name, node] of this.#sizes) node.setAttribute("aria-pressed", String(name === size));
  }
}
