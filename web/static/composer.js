/** Composer: the box in which questions are written, by keyboard, input method or voice. */

import { aria, button, el } from "./dom.js";
import { listener } from "./speech.js";
import { LIMIT } from "./words.js";

const NEAR = 50; // show the counter when so few characters are left

export class Composer {
  #box = el("textarea", { rows: 1, autocomplete: "off", enterKeyHint: "send", placeholder: "写下问题" });
  #counter = el("p", { className: "counter", hidden: true });
  #under;
  #options;

  /** `options`: {draft, send(text) → whether it was sent, written(draft), announce(text), under: nodes}. */
  constructor(options) {
    this.#options = options;
    aria(this.#box, { "aria-label": "您的问题" });
    this.#box.value = options.draft;
    this.#box.addEventListener("input", () => this.#written());
    this.#box.addEventListener("keydown", (event) => this.#key(event));
    const send = el("button", { type: "submit", className: "send" }, "发送");
    const form = el("form", { className: "writing", noValidate: true }, this.#box, listener && this.#microphone(), send);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#send();
    });
    this.#under = el("div", { className: "kept", hidden: true }, ...options.under);
    const warning = el("p", { className: "privacy" }, "请不要输入身份证号、银行卡号");
    this.node = el("div", { className: "composer" }, form, this.#counter, el("div", { className: "under" }, warning, this.#under));
  }

  focus() {
    this.#resize();
    this.#box.focus({ preventScroll: true });
  }

  /** Whether there is a conversation to clear or keep. */
  kept(is) {
    this.#under.hidden = !is;
  }

  /** Put a text into the box, and send it unless it is to be changed first. */
  take(text, send = true) {
    if (send && this.#options.send(text)) return;
    this.#box.value = text;
    this.#written();
    this.focus();
  }

  #send() {
    if (this.#options.send(this.#box.value)) {
      this.#box.value = "";
      this.#written();
    } else if (this.#excess() > 0) {
      this.#options.announce(this.#counter.textContent);
    }
    // Back to the box where that does not open an on-screen keyboard over the answer.
    if (window.matchMedia("(pointer: fine)").matches) this.focus();
  }

  #key(event) {
    const composing = event.isComposing || event.keyCode === 229; // Enter then chooses a word of the input method
    if (event.key !== "Enter" || event.shiftKey || composing) return;
    event.preventDefault();
    if (!event.repeat) this.#send();
  }

  #written() {
    this.#resize();
    this.#options.written(this.#box.value);
  }

  /** How many characters are over the limit; negative while some are left. */
  #excess() {
    return [...this.#box.value.trim()].length - LIMIT;
  }

  #resize() {
    const over = this.#excess();
    this.#counter.hidden = over < -NEAR;
    this.#counter.textContent = over > 0 ? `多了 ${over} 个字，请删减后再发送` : `还可以写 ${-over} 个字`;
    this.#counter.classList.toggle("over", over > 0);
    this.#box.setAttribute("aria-invalid", String(over > 0));
    this.#box.style.height = "auto";
    this.#box.style.height = `${this.#box.scrollHeight + 2}px`;
  }

  #microphone() {
    let stop = null;
    const node = button("说话", () => {
      if (stop) return stop();
      const before = this.#box.value;
      node.textContent = "停止";
      stop = listener(
        (words) => {
          this.#box.value = before + words;
          this.#written();
        },
        (excuse) => {
          stop = null;
          node.textContent = "说话";
          if (excuse) this.#options.announce(excuse);
          this.focus();
        },
      );
      return undefined;
    }, "speak");
    return node;
  }
}
