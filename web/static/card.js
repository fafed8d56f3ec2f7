/** Card: a reply as elements; templates/_reply.html makes the same, unfolded and without tools: change both together. */

import { aria, button, el } from "./dom.js";
import { reader } from "./speech.js";
import { day, period, point, REASONS, spoken } from "./words.js";

function phoneLink(contact, className, prefix = "") {
  const name = el("span", {}, contact.name.replace(contact.phone, ""));
  const href = `tel:${contact.phone.replace(/[- ]/g, "")}`;
  return el("a", { className, href, target: "_self" }, prefix, el("b", {}, contact.phone), " ", name);
}

function choices(heading, items, ask) {
  const buttons = items.map((item) => button(item.label, () => ask(item.message), "choice"));
  return el("div", { className: "choices" }, heading && el("p", {}, heading), ...buttons);
}

/** Where an answer comes from and how long it holds, in sight; who else says so, folded. */
function facts(reply, withContacts, home) {
  const { source, code, contacts } = reply;
  const linked = /^https?:\/\//.test(source.url || "");
  const headline = linked ? el("a", { href: source.url, rel: "noopener", target: "_blank" }, source.headline) : source.headline;
  const people = contacts.map((item) => (item.phone ? phoneLink(item, "phone") : el("span", {}, item.name)));
  const link = { className: "code", href: `${home}/a/${encodeURIComponent(code)}`, target: "_blank", rel: "noopener" };
  const rows = (...all) => {
    const filled = all.filter(([, first]) => first);
    return el("dl", { className: "facts" }, ...filled.map(([name, ...content]) => el("div", {}, el("dt", {}, name), el("dd", {}, ...content))));
  };
  return [
    rows(
      ["出处", headline, source.published && `（${day(source.published)}）`],
      ["有效期", reply.valid && el("span", { className: "validity" }, period(reply.valid))],
      ["咨询", ...(withContacts ? people : [])],
    ),
    el(
      "details",
      { className: "more" },
      el("summary", {}, "单位、地区、编号和打印"),
      rows(
        ["单位", reply.department],
        ["适用地区", reply.region],
        ["编号", code && el("a", link, el("b", {}, code), " ", el("span", {}, "打开网页，可打印或转发"))],
      ),
    ),
  ];
}

/** A verdict, its reason, a correction. `send` posts them and resolves to whether they were kept. */
function feedback(reply, send, announce) {
  const row = el("div", { className: "feedback" });
  const about = reply.entry ? { entry: reply.entry } : { code: reply.code };
  const done = (words) => {
    row.replaceChildren(el("p", {}, words));
    announce(words);
  };
  async function tell(verdict, more, thanks) {
    const buttons = row.querySelectorAll("button");
    buttons.forEach((one) => (one.disabled = true));
    if (await send({ ...about, verdict, ...more })) return done(thanks);
    buttons.forEach((one) => (one.disabled = false));
    const sorry = "没有记上，请过一会儿再点一次。";
    row.querySelector("p").textContent = sorry;
    return announce(sorry);
  }
  const thanks = "谢谢您告诉我们，工作人员会核对这条回答。";
  function ask() {
    row.replaceChildren(
      el("p", {}, "哪里不好？"),
      ...REASONS.map((reason) => button(reason, () => tell("unhelpful", { reason }, thanks), "verdict")),
      button("纠错", correct, "verdict"),
    );
    row.querySelector("button").focus();
  }
  function correct() {
    const note = el("textarea", { rows: 3, maxLength: 500, className: "note-text" });
    aria(note, { "aria-label": "哪里错了，应该是什么" });
    note.placeholder = "哪里错了，应该是什么？请不要写身份证号、银行卡号";
    const submit = () => (note.value.trim() ? tell("unhelpful", { note: note.value.trim() }, thanks) : note.focus());
    row.replaceChildren(el("p", {}, "请写下哪里错了"), note, button("提交", submit, "verdict"), button("取消", begin, "verdict"));
    note.focus();
  }
  function begin() {
    row.replaceChildren(
      el("p", {}, "这个回答有帮助吗？"),
      button("有帮助", () => tell("helpful", {}, "谢谢您，很高兴帮上忙。"), "verdict"),
      button("没帮助", ask, "verdict"),
      button("纠错", correct, "verdict"),
    );
  }
  begin();
  return row;
}

function readAloud(reply) {
  const node = button("朗读", () => reader.toggle(spoken(reply), (reading) => {
    node.textContent = reading ? "停止朗读" : "朗读";
    node.setAttribute("aria-pressed", String(reading));
  }), "aloud");
  return aria(node, { "aria-pressed": "false" });
}

/** The lines of what is said. */
function saying(reply) {
  const lines = point(reply).split("\n");
  return el("div", { className: "point" }, ...lines.map((line) => el("p", {}, line)));
}

/** `chat`: {home, heading: of which level, ask(message), feedback(body), announce(text)}. */
export function card(reply, chat) {
  const { kind, title, entry, suggestions } = reply;
  const status = reply.valid ? reply.valid.status : "";
  const calls = kind === "urgent" || kind === "unknown";
  const numbers = calls ? reply.contacts.filter((contact) => contact.phone) : [];
  const heading = title && aria(el(chat.heading, { className: "title" }, title), { tabindex: "-1" });
  return el(
    "article",
    { className: `reply ${kind} ${status}`.trim() },
    kind === "urgent" && el("p", { className: "badge alarm" }, "紧急情况，请马上这样做"),
    status === "expired" && el("p", { className: "badge over" }, "已过期"),
    status === "upcoming" && el("p", { className: "badge early" }, "尚未开始"),
    heading,
    saying(reply),
    ...numbers.map((contact) => el("p", { className: "dial" }, phoneLink(contact, "call", "拨打 "))),
    ...(reply.source ? facts(reply, !calls, chat.home) : []),
    suggestions.length ? choices(entry && "您可能还想问", suggestions, chat.ask) : "",
    reader && entry && readAloud(reply),
    entry && feedback(reply, chat.feedback, chat.announce),
  );
}
