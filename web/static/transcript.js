/** Transcript: a conversation as plain text, to keep. */

/** Questions and answers in order, with the source and validity that each answer's own text holds. */
export function transcript(exchanges) {
  const talk = exchanges.map(({ message, replies, failure }) => {
    const answers = replies.map((reply) => [reply.title, reply.text, reply.code && `编号：${reply.code}`].filter(Boolean).join("\n"));
    return [`问：${message}`, ...answers, failure && `（${failure}）`].filter(Boolean).join("\n");
  });
  return ["并问 对话记录", `保存于 ${new Date().toLocaleString("zh-CN")}`, ...talk].join("\n\n");
}
