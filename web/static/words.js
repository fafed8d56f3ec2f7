/** Words: what the chat says of itself. What it answers comes from the server. */

export const LIMIT = 500; // characters a message

export const STANDING = { current: "现在有效", expired: "已过期", upcoming: "尚未开始" };
export const DEGRADED = "部分服务暂时停用，下面是直接从知识库里查到的，请再核对一下。";
export const UNANSWERED = "这条还没有回音，请点“重新发送”。";
export const REASONS = ["答非所问", "信息过时", "太难懂", "还要打电话"];

/** Why a message was not answered, for the resident. `status` is 0 when the server was not reached, -1 when it was slow. */
export function excuse(status, retryAfter) {
  const seconds = Number(retryAfter) > 0 ? ` ${Math.ceil(Number(retryAfter))} 秒` : "一会儿";
  if (status === -1) return "等了很久还没有回音，请再发一次；着急请拨 12345。";
  if (status === 0) return "网络好像断了，这条还没有发出去。连上网后请点“重新发送”。";
  if (status === 429) return `问得有点快，请等${seconds}再点“重新发送”。`;
  if (status === 413) return `这条太长了，一次最多 ${LIMIT} 个字。请改短一些再发。`;
  if (status === 503) return "系统正在维护，暂时答不了。这条已经替您留着，请过一会儿再发；着急请拨 12345。";
  return "这条没有发送成功，请再试一次；着急请拨 12345。";
}

/** 2026-03-06 as 2026年3月6日, 2026-03 as 2026年3月. */
export function day(iso) {
  return iso.split("-").map((part, index) => Number(part) + "年月日"[index]).join("");
}

/** From when until when an answer holds, and whether it does today. */
export function period(valid) {
  const { from, until, status } = valid;
  let words = "出处没有写明";
  if (from && until) words = `${day(from)}至${day(until)}`;
  else if (until) words = `到${day(until)}为止`;
  else if (from) words = `${day(from)}起`;
  return STANDING[status] ? `${words}，${STANDING[status]}` : words;
}

/** What a reply says, without what its card shows elsewhere: source and contacts, or numbered choices. */
export function point(reply) {
  if (reply.answer) return reply.answer;
  if (reply.kind === "clarify") return reply.text.split("\n1. ")[0];
  const footer = reply.source ? reply.text.lastIndexOf("\n出处：") : -1;
  return footer < 0 ? reply.text : reply.text.slice(0, footer);
}

/** A reply as it is read aloud and announced. */
export function spoken(reply) {
  const warning = reply.kind === "urgent" ? "紧急情况，请马上这样做" : "";
  const choices = reply.kind === "clarify" || reply.kind === "form" ? reply.suggestions.map((item) => item.label).join("，") : "";
  return [warning, reply.title, point(reply), choices].filter(Boolean).join("。");
}
