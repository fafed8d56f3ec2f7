/* The resident's page, made smoother: questions are sent without leaving the page, and a reload keeps them.
   Everything here improves plain forms that work without it. Data enters the page as text nodes only. */

const LIMIT = 500; // characters a message
const NEAR = 50; // show the counter when so few are left
const PATIENCE = 40; // seconds to wait for a reply

const STANDING = { current: "现在有效", expired: "已过期", upcoming: "尚未开始" };
const DEGRADED = "部分服务暂时停用，下面是直接从知识库里查到的，请再核对一下。";

// ---- Elements -------------------------------------------------------------------------------------------------

/** An element with properties and children; children that are false, null or empty are left out. */
function el(tag, properties, ...children) {
  const node = Object.assign(document.createElement(tag), properties);
  node.append(...children.filter(Boolean));
  return node;
}

function announce(text) {
  document.getElementById("status").replaceChildren(el("span", {}, text));
}

/** 2026-03-06 as 2026年3月6日, 2026-03 as 2026年3月. */
function day(iso) {
  return iso.split("-").map((part, index) => Number(part) + "年月日"[index]).join("");
}

function period(valid) {
  const { from, until, status } = valid;
  let words = "出处没有写明";
  if (from && until) words = `${day(from)}至${day(until)}`;
  else if (until) words = `到${day(until)}为止`;
  else if (from) words = `${day(from)}起`;
  return STANDING[status] ? `${words}，${STANDING[status]}` : words;
}

// ---- A reply as a card: the same elements as templates/_reply.html ------------------------------------------------

/** What the reply says, without what the card shows elsewhere: source and contacts, or numbered choices. */
function point(reply) {
  if (reply.answer) return reply.answer;
  if (reply.kind === "clarify") return reply.text.split("\n1. ")[0];
  const footer = reply.source ? reply.text.lastIndexOf("\n出处：") : -1;
  return footer < 0 ? reply.text : reply.text.slice(0, footer);
}

function phoneLink(contact, className, prefix = "") {
  const name = el("span", {}, contact.name.replace(contact.phone, ""));
  const href = `tel:${contact.phone.replace(/[- ]/g, "")}`;
  return el("a", { className, href, target: "_self" }, prefix, el("b", {}, contact.phone), " ", name);
}

function choices(heading, items) {
  const buttons = items.map((item) => el("button", { className: "choice", type: "button", value: item.message }, item.label));
  return el("div", { className: "choices" }, heading && el("p", {}, heading), ...buttons);
}

function facts(reply, withContacts) {
  const { source, code, contacts } = reply;
  const linked = /^https?:\/\//.test(source.url || "");
  const headline = linked ? el("a", { href: source.url, rel: "noopener" }, source.headline) : source.headline;
  const people = contacts.map((item) => (item.phone ? phoneLink(item, "phone") : el("span", {}, item.name)));
  const page = code && el("a", { className: "code", href: `/a/${encodeURIComponent(code)}` }, el("b", {}, code), " ", el("span", {}, "打开网页"));
  const rows = [
    ["出处", headline, source.published && `（${day(source.published)}）`],
    ["单位", reply.department],
    ["适用地区", reply.region],
    ["有效期", reply.valid && el("span", { className: "validity" }, period(reply.valid))],
    ["咨询", ...(withContacts ? people : [])],
    ["编号", page],
  ].filter(([, first]) => first);
  return el("dl", { className: "facts" }, ...rows.map(([name, ...content]) => el("div", {}, el("dt", {}, name), el("dd", {}, ...content))));
}

function feedback() {
  const verdict = (value, label) => el("button", { className: "verdict", type: "button", value }, label);
  return el("p", { className: "feedback" }, el("span", {}, "这个回答有帮助吗？"), verdict("helpful", "有帮助"), verdict("unhelpful", "没帮助"));
}

function card(reply) {
  const { kind, title, entry, suggestions } = reply;
  const status = reply.valid ? reply.valid.status : "";
  const calls = kind === "urgent" || kind === "unknown";
  const numbers = calls ? reply.contacts.filter((contact) => contact.phone) : [];
  const node = el(
    "article",
    { className: `reply ${kind} ${status}`.trim() },
    kind === "urgent" && el("p", { className: "badge alarm" }, "紧急情况，请马上这样做"),
    status === "expired" && el("p", { className: "badge over" }, "已过期"),
    status === "upcoming" && el("p", { className: "badge early" }, "尚未开始"),
    title && el("h2", { className: "title" }, title),
    el("div", { className: "point" }, ...point(reply).split("\n").map((line) => el("p", {}, line))),
    ...numbers.map((contact) => el("p", { className: "dial" }, phoneLink(contact, "call", "拨打 "))),
    reply.source && facts(reply, !calls),
    suggestions.length ? choices(entry && "您可能还想问", suggestions) : "",
    entry && feedback(),
  );
  Object.assign(node.dataset, { entry: entry || "", code: reply.code || "" });
  return node;
}

// ---- Talking to the server ----------------------------------------------------------------------------------------

/** POST as JSON. Rejects when there is no network, or with an AbortError when no reply comes for too long. */
async function post(url, body) {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), PATIENCE * 1000);
  try {
    const headers = { "Content-Type": "application/json" };
    return await fetch(url, { method: "POST", headers, body: JSON.stringify(body), signal: abort.signal });
  } finally {
    clearTimeout(timer);
  }
}

/** Why a message was not answered, for the resident. `status` is 0 when the server was not reached. */
function excuse(status, retryAfter) {
  const seconds = Number(retryAfter) > 0 ? ` ${Math.ceil(Number(retryAfter))} 秒` : "一会儿";
  if (status === 0) return "网络好像断了，这条还没有发出去。连上网后请点“重新发送”。";
  if (status === 429) return `问得有点快，请等${seconds}再点“重新发送”。`;
  if (status === 413) return `这条太长了，一次最多 ${LIMIT} 个字。请改短一些再发。`;
  if (status === 503) return "系统正在维护，暂时答不了。这条已经替您留着，请过一会儿再发；着急请拨 12345。";
  return "这条没有发送成功，请再试一次；着急请拨 12345。";
}

async function judge(button) {
  const row = button.closest(".feedback");
  const { entry, code } = button.closest(".reply").dataset;
  const buttons = row.querySelectorAll("button");
  buttons.forEach((one) => (one.disabled = true));
  const about = entry ? { entry } : { code };
  let thanks = "没有记上，请过一会儿再点一次。";
  try {
    const response = await post("/api/feedback", { ...about, verdict: button.value, conversation: state.conversation || null });
    if (!response.ok) throw new Error(response.statusText);
    thanks = button.value === "helpful" ? "谢谢您，很高兴帮上忙。" : "谢谢您告诉我们，工作人员会核对这条回答。";
    row.replaceChildren(el("span", {}, thanks));
  } catch {
    buttons.forEach((one) => (one.disabled = false));
    row.querySelector("span").textContent = thanks;
  }
  announce(thanks);
}

// ---- Memory: this tab keeps the conversation, this browser keeps the county ---------------------------------------

/** Storage may be switched off (private windows, embedded pages); the page then works without memory. */
function remember(storage, key, value) {
  try {
    window[storage].setItem(key, JSON.stringify(value));
  } catch {
    // Nothing is lost but the memory.
  }
}

function recall(storage, key) {
  try {
    return JSON.parse(window[storage].getItem(key));
  } catch {
    return null;
  }
}

/** conversation: the server's token. exchanges: {message, replies, degraded, waiting, failure, status}, oldest first. */
const state = { conversation: "", exchanges: [], ...recall("sessionStorage", "bingwen") };
const save = () => remember("sessionStorage", "bingwen", state);

// ---- The conversation ---------------------------------------------------------------------------------------------

const form = document.getElementById("ask");
const box = document.getElementById("message");
const region = document.getElementById("region");
const list = document.getElementById("exchanges");
const nodes = new WeakMap(); // exchange → its list item
let queue = Promise.resolve(); // one message at a time, so that replies keep the order of the questions

function draw(exchange) {
  const node = nodes.get(exchange) || el("li", { className: "exchange" });
  nodes.set(exchange, node);
  node.replaceChildren(el("p", { className: "message" }, el("span", { className: "unseen" }, "您问："), exchange.message));
  if (exchange.waiting) {
    const dots = [1, 2, 3].map(() => el("i", {}));
    node.append(el("p", { className: "waiting" }, "正在查找", el("span", { className: "dots" }, ...dots)));
  }
  if (exchange.failure) {
    const again = el("button", { className: "again", type: "button" }, exchange.status === 413 ? "修改这条" : "重新发送");
    again.addEventListener("click", () => (exchange.status === 413 ? edit(exchange) : resend(exchange)));
    node.append(el("div", { className: "failure" }, el("p", {}, exchange.failure), again));
  }
  if (exchange.degraded) node.append(el("p", { className: "note" }, DEGRADED));
  node.append(...exchange.replies.map(card));
  if (!node.isConnected) list.append(node);
  list.setAttribute("aria-busy", String(state.exchanges.some((one) => one.waiting)));
  document.getElementById("clear").hidden = false;
}

/** Bring an exchange to the top of the view, so that its answer is read from the start. */
function show(exchange) {
  nodes.get(exchange).scrollIntoView({ block: "start" });
}

/** Ask a question. Returns false if there is nothing to send: blank, too long, or the same is on its way. */
function ask(text) {
  const message = text.trim();
  const repeated = state.exchanges.some((one) => one.waiting && one.message === message);
  if (!message || excess(message) > 0 || repeated) return false;
  deliver({ message, replies: [], degraded: false });
  return true;
}

/** Put an exchange at the end of the conversation and send its message when those before it are answered. */
function deliver(exchange) {
  Object.assign(exchange, { waiting: true, failure: "", status: 0 });
  state.exchanges = [...state.exchanges.filter((one) => one !== exchange), exchange];
  if (nodes.has(exchange)) list.append(nodes.get(exchange));
  draw(exchange);
  show(exchange);
  save();
  queue = queue.then(() => send(exchange));
}

async function send(exchange) {
  const dropped = () => !state.exchanges.includes(exchange); // the conversation was cleared meanwhile
  if (dropped()) return;
  let outcome;
  try {
    const request = { message: exchange.message, conversation: state.conversation || null, region: region.value || null };
    const response = await post("/api/chat", request);
    outcome = response.ok
      ? await response.json()
      : { status: response.status, failure: excuse(response.status, response.headers.get("Retry-After")) };
  } catch (error) {
    const slow = error.name === "AbortError";
    outcome = { failure: slow ? "等了很久还没有回音，请再发一次；着急请拨 12345。" : excuse(0) };
  }
  if (dropped()) return;
  const { conversation, ...rest } = outcome;
  if (conversation) state.conversation = conversation;
  Object.assign(exchange, rest, { waiting: false });
  draw(exchange);
  show(exchange);
  save();
  announce(exchange.failure || exchange.replies.map((reply) => [reply.title, point(reply)].filter(Boolean).join("。")).join("\n"));
}

function resend(exchange) {
  deliver(exchange);
  refocus();
}

/** Take a message back into the box. */
function edit(exchange) {
  state.exchanges = state.exchanges.filter((one) => one !== exchange);
  nodes.get(exchange).remove();
  save();
  box.value = exchange.message;
  resize();
  box.focus();
}

function clear() {
  Object.assign(state, { conversation: "", exchanges: [] });
  form.conversation.value = "";
  list.replaceChildren();
  list.removeAttribute("aria-busy");
  document.getElementById("clear").hidden = true;
  save();
  box.focus();
  window.scrollTo(0, 0);
  announce("对话已清空。");
}

// ---- The box ------------------------------------------------------------------------------------------------------

/** How many characters `text` is over the limit; negative while some are left. */
function excess(text) {
  return [...text.trim()].length - LIMIT;
}

function resize() {
  const over = excess(box.value);
  const counter = document.getElementById("counter");
  counter.hidden = over < -NEAR;
  counter.textContent = over > 0 ? `多了 ${over} 个字，请删减后再发送` : `还可以写 ${-over} 个字`;
  counter.classList.toggle("over", over > 0);
  box.setAttribute("aria-invalid", String(over > 0));
  box.style.height = "auto";
  box.style.height = `${box.scrollHeight + 2}px`;
}

/** Back to the box where that does not open an on-screen keyboard over the answer. */
function refocus() {
  if (window.matchMedia("(pointer: fine)").matches) box.focus({ preventScroll: true });
}

function startConversation() {
  const counties = [...region.options].map((option) => option.value);
  const county = recall("localStorage", "bingwen-county");
  if (!region.value && counties.includes(county)) region.value = county;
  region.addEventListener("change", () => remember("localStorage", "bingwen-county", region.value));

  const sentByForm = [...list.children]; // exchanges that came with the page, newer than those remembered
  if (form.conversation.value) state.conversation = form.conversation.value;
  for (const exchange of state.exchanges) {
    if (exchange.waiting) Object.assign(exchange, { waiting: false, failure: "这条还没有回音，请点“重新发送”。" });
    draw(exchange);
  }
  list.append(...sentByForm);
  if (state.exchanges.length && !sentByForm.length) show(state.exchanges[state.exchanges.length - 1]);

  form.noValidate = true;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (ask(box.value)) box.value = "";
    else if (excess(box.value) > 0) announce(document.getElementById("counter").textContent);
    resize();
    refocus();
  });
  box.addEventListener("keydown", (event) => {
    const composing = event.isComposing || event.keyCode === 229; // Enter then chooses a word of the input method
    if (event.key !== "Enter" || event.shiftKey || composing) return;
    event.preventDefault();
    form.requestSubmit();
  });
  box.addEventListener("input", resize);
  resize();
  document.getElementById("clear").addEventListener("submit", (event) => {
    event.preventDefault();
    clear();
  });
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("button.choice, button.verdict");
  if (!button) return;
  event.preventDefault();
  if (event.detail > 1) return; // the second half of a double click
  if (button.matches(".verdict")) {
    judge(button);
  } else {
    ask(button.value);
    refocus();
  }
});

document.querySelectorAll(".feedback").forEach((row) => (row.hidden = false));
if (form) startConversation();
