/** Chat: the conversation, from the first question to the last answer. `node` is what is shown. */

import { card } from "./card.js";
import { Composer } from "./composer.js";
import { aria, button, el } from "./dom.js";
import { Look } from "./look.js";
import { recallConversation, recallCounty, rememberConversation, rememberCounty } from "./memory.js";
import { Server } from "./server.js";
import { reader } from "./speech.js";
import { transcript } from "./transcript.js";
import { DEGRADED, excuse, LIMIT, spoken, UNANSWERED } from "./words.js";

const FIRST_SUGGESTIONS = 5;

export class Chat {
  #state = recallConversation();
  #nodes = new WeakMap(); // exchange → its list item
  #queue = Promise.resolve(); // one message at a time, so that replies keep the order of the questions
  #list = aria(el("ol", { className: "exchanges" }), { "aria-label": "对话" });
  #status = aria(el("p", { className: "unseen" }), { role: "status", "aria-live": "polite" });
  #region = el("select", {});
  #options;
  #server;
  #look;
  #composer;

  /** `options`: {home, title, region, inline, close(), tell(event, detail)}. */
  constructor(options) {
    this.#options = options;
    this.#server = new Server(options.home);
    this.node = el("div", { className: options.inline ? "app inline" : "app" });
    this.#look = new Look(this.node);
    this.#composer = new Composer({
      draft: this.#state.draft,
      send: (text) => this.ask(text),
      written: (draft) => this.#save({ draft }),
      announce: (text) => this.#announce(text),
      under: [button("下载对话", () => this.#download(), "link"), button("清空对话", () => this.clear(), "link")],
    });
  }

  /** Draw everything; rejects if the server does not say what there is to begin with. */
  async start() {
    const { title, regions, suggestions } = await this.#server.start();
    this.#drawRegions(regions);
    const body = el("div", { className: "body" }, this.#look.node, this.#welcome(suggestions), this.#list);
    this.node.append(...(this.#options.inline ? [] : [this.#bar(title)]), body, this.#composer.node, this.#status);
    for (const exchange of this.#state.exchanges) {
      if (exchange.waiting) Object.assign(exchange, { waiting: false, failure: UNANSWERED });
      this.#draw(exchange);
    }
    this.#composer.kept(this.#state.exchanges.length > 0);
    const last = this.#state.exchanges.at(-1);
    if (last) requestAnimationFrame(() => this.#show(last));
  }

  focus() {
    this.#composer.focus();
  }

  setRegion(name) {
    if (![...this.#region.options].some((option) => option.value === name)) return;
    this.#region.value = name;
    rememberCounty(name);
    this.#options.tell("region", { region: name });
  }

  /** Ask a question. Returns false if there is nothing to send: blank, too long, or the same is on its way. */
  ask(text) {
    const message = text.trim();
    const repeated = this.#state.exchanges.some((one) => one.waiting && one.message === message);
    if (!message || [...message].length > LIMIT || repeated) return false;
    this.#deliver({ message, replies: [], degraded: false });
    return true;
  }

  clear() {
    reader?.stop();
    this.#save({ conversation: "", exchanges: [] });
    this.#list.replaceChildren();
    this.#list.removeAttribute("aria-busy");
    this.#composer.kept(false);
    this.#composer.focus();
    this.node.scrollTo(0, 0);
    this.#announce("对话已清空。");
  }

  // ---- What is shown ----

  #bar(title) {
    const { close } = this.#options;
    const hotline = aria(el("a", { className: "hotline", href: "tel:12345" }, el("span", {}, "人工"), " 12345"), {
      "aria-label": "拨打 12345 政务服务便民热线",
    });
    const heading = el("h2", { className: "brand" }, el("strong", {}, this.#options.title), " ", el("span", {}, title));
    const shut = aria(button("关闭", close, "shut"), { "aria-label": "关闭问答助手" });
    return el("div", { className: "bar" }, el("div", { className: "bar-inner" }, heading, hotline, shut));
  }

  #drawRegions(names) {
    this.#region.append(el("option", { value: "" }, "全市（不限）"), ...names.map((name) => el("option", { value: name }, name)));
    const known = [this.#options.region, recallCounty()].find((name) => names.includes(name));
    this.#region.value = known || "";
    this.#region.addEventListener("change", () => this.setRegion(this.#region.value));
  }

  #welcome(suggestions) {
    const offered = (items) => items.map((item) => button(item.label, () => this.#composer.take(item.message), "choice"));
    const rest = suggestions.slice(FIRST_SUGGESTIONS);
    return el(
      "section",
      { className: "welcome" },
      el(this.#options.inline ? "h1" : "h3", {}, "您好，想问什么？"),
      el("p", {}, "我能按太原市公开发布的消息回答，并注明出处；不能代办，也不查个人信息。"),
      el("label", { className: "county" }, el("span", {}, "您在哪个县（市、区）"), this.#region),
      el("div", { className: "choices" }, el("p", {}, "可以这样问"), ...offered(suggestions.slice(0, FIRST_SUGGESTIONS))),
      rest.length && el("details", {}, el("summary", {}, "更多问题"), el("div", { className: "choices" }, ...offered(rest))),
    );
  }

  #draw(exchange) {
    const node = this.#nodes.get(exchange) || el("li", { className: "exchange" });
    this.#nodes.set(exchange, node);
    node.replaceChildren(el("p", { className: "message" }, el("span", { className: "unseen" }, "您问："), exchange.message));
    if (exchange.waiting) {
      const dots = [1, 2, 3].map(() => el("i", {}));
      node.append(el("p", { className: "waiting" }, "正在查找", el("span", { className: "dots" }, ...dots)));
    }
    if (exchange.failure) node.append(this.#failure(exchange));
    if (exchange.degraded) node.append(el("p", { className: "note" }, DEGRADED));
    const helpers = {
      home: this.#options.home,
      heading: this.#options.inline ? "h2" : "h3",
      ask: (message) => this.ask(message),
      feedback: (body) => this.#judge(body),
      announce: (text) => this.#announce(text),
    };
    node.append(...exchange.replies.map((reply) => card(reply, helpers)));
    if (!node.isConnected) this.#list.append(node);
    this.#list.setAttribute("aria-busy", String(this.#state.exchanges.some((one) => one.waiting)));
  }

  #failure(exchange) {
    const tooLong = exchange.status === 413;
    const again = button(tooLong ? "修改这条" : "重新发送", () => (tooLong ? this.#edit(exchange) : this.#deliver(exchange)), "again");
    return el("div", { className: "failure" }, el("p", {}, exchange.failure), again);
  }

  /** Bring an exchange to the top of the view, so that its answer is read from the start. */
  #show(exchange) {
    this.#nodes.get(exchange).scrollIntoView({ block: "start" });
  }

  /** To whoever listens: each text once, even if it is the same as before. */
  #announce(text) {
    this.#status.replaceChildren(el("span", {}, text));
  }

  // ---- What is sent ----

  /** Put an exchange at the end of the conversation and send its message when those before it are answered. */
  #deliver(exchange) {
    Object.assign(exchange, { waiting: true, failure: "", status: 0 });
    this.#state.exchanges = [...this.#state.exchanges.filter((one) => one !== exchange), exchange];
    if (this.#nodes.has(exchange)) this.#list.append(this.#nodes.get(exchange));
    this.#draw(exchange);
    this.#show(exchange);
    this.#composer.kept(true);
    this.#save({});
    this.#queue = this.#queue.then(() => this.#send(exchange));
  }

  async #send(exchange) {
    const dropped = () => !this.#state.exchanges.includes(exchange); // the conversation was cleared meanwhile
    if (dropped()) return;
    const request = {
      message: exchange.message,
      conversation: this.#state.conversation || null,
      region: this.#region.value || null,
    };
    const { body, status, retryAfter } = await this.#server.post("/api/chat", request);
    if (dropped()) return;
    if (body) {
      this.#state.conversation = body.conversation;
      Object.assign(exchange, { replies: body.replies, degraded: body.degraded, waiting: false });
    } else {
      Object.assign(exchange, { status, failure: excuse(status, retryAfter), waiting: false });
    }
    this.#draw(exchange);
    this.#show(exchange);
    this.#save({});
    this.#announce(exchange.failure || exchange.replies.map(spoken).join("\n"));
    for (const { kind, entry, code } of exchange.replies) this.#options.tell("answer", { kind, entry, code });
  }

  async #judge(about) {
    const { body } = await this.#server.post("/api/feedback", { ...about, conversation: this.#state.conversation || null });
    return Boolean(body);
  }

  /** Take a message back into the box. */
  #edit(exchange) {
    this.#save({ exchanges: this.#state.exchanges.filter((one) => one !== exchange) });
    this.#nodes.get(exchange).remove();
    this.#composer.take(exchange.message, false);
  }

  #download() {
    const file = new Blob([transcript(this.#state.exchanges)], { type: "text/plain;charset=utf-8" });
    const link = el("a", { href: URL.createObjectURL(file), download: "bingwen.txt" });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
    this.#announce("对话已存成文件。");
  }

  #save(changes) {
    Object.assign(this.#state, changes);
    rememberConversation(this.#state);
  }
}
