/* 并问 in any page, with one tag: <script src="https://this-host/widget.js" defer data-region="阳曲县"></script>
   Draws the button that opens the chat; all else is loaded when it is first opened. docs/tasks/embed-the-widget.md
   tells what the attributes mean. Styles live in a shadow tree: neither the page's nor ours reach across. */

(() => {
  if (customElements.get("bingwen-chat")) return;

  const script = document.currentScript;
  const HOME = new URL(script.src).origin;
  const ASSETS = `${HOME}/assets/__VERSION__/`;
  const NAME = "并问";

  const LOOK = `
    :host { all: initial !important; --color: #0f5257; }
    :host(:not([data-inline])) { position: fixed !important; z-index: 2147483647 !important; inset: auto 16px 16px auto !important;
      inset: auto max(16px, env(safe-area-inset-right)) max(16px, env(safe-area-inset-bottom)) auto !important; }
    :host([data-position="left"]:not([data-inline])) { inset: auto auto 16px 16px !important;
      inset: auto auto max(16px, env(safe-area-inset-bottom)) max(16px, env(safe-area-inset-left)) !important; }
    :host([data-inline]) { display: block !important; }
    [hidden] { display: none !important; }
    .launcher, .back { box-sizing: border-box; display: flex; align-items: center; gap: 8px; min-width: 60px; min-height: 60px; margin: 0;
      padding: 0 22px; border: 2px solid #fff; border-radius: 30px; background: var(--color); color: #fff; cursor: pointer;
      font: 700 20px/1.2 "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", system-ui, sans-serif;
      box-shadow: 0 2px 12px rgb(0 0 0 / 35%); }
    .launcher:focus-visible { outline: 3px solid var(--color); outline-offset: 3px; }
    .panel { box-sizing: border-box; position: fixed; inset: auto; right: 16px; bottom: 16px; margin: 0; padding: 0; border: 1px solid #74807f;
      width: min(430px, calc(100vw - 32px)); height: min(720px, calc(100vh - 32px)); height: min(720px, calc(100dvh - 32px));
      border-radius: 16px; overflow: hidden; background: #f4f2ec; box-shadow: 0 4px 28px rgb(0 0 0 / 40%); }
    :host([data-position="left"]) .panel { right: auto; left: 16px; }
    @media (max-width: 520px), (max-height: 520px) {
      .panel { inset: 0; width: 100vw; height: 100vh; height: var(--seen, 100dvh); border: 0; border-radius: 0; }
    }
    @media print { :host(:not([data-inline])) { display: none !important; } }`;

  /** A style sheet for a shadow tree, made without an inline style: a strict Content-Security-Policy lets it through. */
  function sheet(text) {
    const made = new CSSStyleSheet();
    made.replaceSync(text);
    return made;
  }

  class BingwenChat extends HTMLElement {
    static observedAttributes = ["data-open", "data-region", "data-title", "data-color"];

    #root = this.attachShadow({ mode: "open" });
    #launcher = Object.assign(document.createElement("button"), { type: "button", className: "launcher" });
    #panel = Object.assign(document.createElement("section"), { className: "panel", hidden: true });
    #chat = null; // the conversation, once it was loaded
    #loading = null;

    connectedCallback() {
      if (this.#root.firstChild) return;
      this.#root.adoptedStyleSheets = [sheet(LOOK)];
      this.#paint();
      if (this.hasAttribute("data-inline")) {
        this.#root.append(document.createElement("slot")); // the form that works without us, until we are there
        this.#load();
        return;
      }
      this.#launcher.setAttribute("aria-haspopup", "dialog");
      this.#launcher.setAttribute("aria-expanded", "false");
      this.#launcher.addEventListener("click", () => this.open().catch(() => {})); // the resident was told
      this.#panel.setAttribute("role", "dialog");
      this.#panel.addEventListener("keydown", (event) => {
        if (event.key !== "Escape" || event.isComposing || event.defaultPrevented) return;
        event.stopPropagation();
        this.close();
      });
      this.#root.append(this.#launcher, this.#panel);
      if (this.hasAttribute("data-open")) this.open();
    }

    attributeChangedCallback(name, before, now) {
      if (!this.#root.firstChild || before === now) return;
      if (name === "data-open" && !this.hasAttribute("data-inline")) {
        if (now === null) this.close();
        else this.open();
      } else if (name === "data-region") {
        this.#chat?.setRegion(now || "");
      } else {
        this.#paint();
      }
    }

    get #title() {
      return this.dataset.title || NAME;
    }

    #paint() {
      this.#launcher.textContent = this.#title;
      this.#launcher.setAttribute("aria-label", `打开问答助手：${this.#title}`);
      this.#panel.setAttribute("aria-label", this.#title);
      if (this.dataset.color) this.style.setProperty("--color", this.dataset.color);
    }

    /** Open the chat. Rejects if it could not be loaded; the resident is told then, and whom to call. */
    async open() {
      const shown = !this.#panel.hidden;
      this.#panel.hidden = false;
      this.#launcher.hidden = true;
      this.#launcher.setAttribute("aria-expanded", "true");
      this.toggleAttribute("data-open", true);
      if (shown) return;
      this.#fit();
      window.visualViewport?.addEventListener("resize", this.#fit);
      await this.#load();
      this.#chat.focus();
      this.#tell("open");
    }

    close() {
      if (this.#panel.hidden) return;
      window.visualViewport?.removeEventListener("resize", this.#fit);
      this.#panel.hidden = true;
      this.#launcher.hidden = false;
      this.#launcher.setAttribute("aria-expanded", "false");
      this.toggleAttribute("data-open", false);
      this.#launcher.focus();
      this.#tell("close");
    }

    /** Ask a question as if it had been typed. */
    async ask(question) {
      if (!this.hasAttribute("data-inline")) await this.open();
      await this.#load();
      return this.#chat.ask(question);
    }

    /** Above an on-screen keyboard, which makes what is seen smaller and not the window. */
    #fit = () => this.#panel.style.setProperty("--seen", `${window.visualViewport?.height ?? window.innerHeight}px`);

    #load() {
      this.#loading ??= this.#mount().catch((error) => {
        this.#loading = null; // the next opening tries again
        this.#sayUnreachable();
        throw error;
      });
      return this.#loading;
    }

    async #mount() {
      const [{ Chat }, look] = await Promise.all([import(`${ASSETS}chat.js`), this.#look()]);
      const inline = this.hasAttribute("data-inline");
      const chat = new Chat({
        home: HOME,
        title: this.#title,
        region: this.dataset.region || "",
        inline,
        close: () => this.close(),
        tell: (name, detail) => this.#tell(name, detail),
      });
      await chat.start();
      this.#chat = chat;
      this.#root.adoptedStyleSheets = [...this.#root.adoptedStyleSheets, sheet(look)];
      if (inline) this.#root.replaceChildren(this.#chat.node);
      else this.#panel.replaceChildren(this.#chat.node);
    }

    async #look() {
      const response = await fetch(`${ASSETS}look.css`);
      if (!response.ok) throw new Error(`look.css: ${response.status}`);
      return response.text();
    }

    #sayUnreachable() {
      if (this.hasAttribute("data-inline")) return; // the form without script is there
      const text = document.createElement("p");
      text.setAttribute("role", "alert");
      text.style.cssText = "margin:24px;font:20px/1.6 sans-serif;color:#1b2325";
      const call = Object.assign(document.createElement("a"), { href: "tel:12345", textContent: "12345" });
      text.append("暂时打不开，请检查网络后再点一次。着急请拨 ", call, "。");
      const back = Object.assign(document.createElement("button"), { type: "button", className: "back", textContent: "关闭" });
      back.addEventListener("click", () => this.close());
      this.#panel.replaceChildren(text, back);
    }

    /** Tell the page: bingwen:open, bingwen:close, bingwen:answer and bingwen:region. */
    #tell(name, detail = {}) {
      this.dispatchEvent(new CustomEvent(`bingwen:${name}`, { bubbles: true, composed: true, detail }));
    }
  }

  customElements.define("bingwen-chat", BingwenChat);

  function place() {
    if (document.querySelector("bingwen-chat")) return; // the page has put it where it wants it
    const chat = document.createElement("bingwen-chat");
    for (const name of ["title", "region", "color", "position", "open"]) {
      if (script.dataset[name] !== undefined) chat.dataset[name] = script.dataset[name];
    }
    document.documentElement.append(chat); // beside the body: one that is transformed would move what is fixed in it
  }
  if (document.body) place();
  else document.addEventListener("DOMContentLoaded", place);
})();
