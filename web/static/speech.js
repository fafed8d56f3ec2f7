/** Speech: answers read aloud and questions spoken, where the browser can; null where it cannot. */

/** Reads a text, or stops reading when asked for the same again; `changed` is told whether it is reading. */
export const reader = "speechSynthesis" in window ? new (class {
  #current = null;

  toggle(text, changed) {
    const same = this.#current?.text === text;
    this.stop();
    if (same) return;
    const utterance = Object.assign(new SpeechSynthesisUtterance(text), { lang: "zh-CN", rate: 0.9 });
    this.#current = { text, changed };
    utterance.onend = utterance.onerror = () => {
      if (this.#current?.changed === changed) this.stop();
    };
    window.speechSynthesis.speak(utterance);
    changed(true);
  }

  stop() {
    const current = this.#current;
    this.#current = null;
    window.speechSynthesis.cancel();
    current?.changed(false);
  }
})() : null;

const Recognition = window.SpeechRecognition || window.webkitSpeechRecognition;

/** Listens once. `heard` gets the words so far, `ended` is called at the end, with an excuse if nothing was heard. */
export const listener = Recognition ? (heard, ended) => {
  const recognition = Object.assign(new Recognition(), { lang: "zh-CN", interimResults: true });
  let excuse = "没有听清，请再说一次或打字。";
  recognition.onresult = (event) => {
    excuse = "";
    heard([...event.results].map((result) => result[0].transcript).join(""));
  };
  recognition.onerror = (event) => {
    if (event.error === "not-allowed") excuse = "没有使用话筒的许可，请打字提问。";
  };
  recognition.onend = () => ended(excuse);
  recognition.start();
  return () => recognition.stop();
} : null;
