/** Memory: this tab keeps the conversation, this browser the county and how the chat should look. */

const KEPT = 60; // exchanges that survive a reload; the screen keeps all

/** Storage may be switched off (private windows, sandboxed frames); the chat then works without memory. */
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

/** {conversation: the server's token, exchanges: [{message, replies, degraded, waiting, failure, status}], draft} */
export function recallConversation() {
  return { conversation: "", exchanges: [], draft: "", ...recall("sessionStorage", "bingwen") };
}

export function rememberConversation({ conversation, exchanges, draft }) {
  remember("sessionStorage", "bingwen", { conversation, exchanges: exchanges.slice(-KEPT), draft });
}

export const recallCounty = () => recall("localStorage", "bingwen-county");
export const rememberCounty = (county) => remember("localStorage", "bingwen-county", county);

/** {size: "normal" | "large" | "huge", theme: "auto" | "light" | "dark" | "contrast"} */
export const recallLook = () => ({ size: "normal", theme: "auto", ...recall("localStorage", "bingwen-look") });
export const rememberLook = (look) => remember("localStorage", "bingwen-look", look);
