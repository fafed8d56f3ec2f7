/* Embeds the chat in any site with one tag: <script src="https://this-host/widget.js" async></script>
   A button in the corner opens the chat in a frame; the frame loads when it is first opened. */

(() => {
  const home = new URL(document.currentScript.src).origin;
  const corner = { position: "fixed", right: "16px", zIndex: "2147483000", fontFamily: "sans-serif" };

  const button = document.createElement("button");
  button.type = "button";
  Object.assign(button.style, corner, {
    bottom: "16px",
    minWidth: "96px",
    minHeight: "52px",
    padding: "0 20px",
    border: "2px solid #fff",
    borderRadius: "26px",
    background: "#0f5257",
    color: "#fff",
    font: "700 18px/1.2 sans-serif",
    cursor: "pointer",
    boxShadow: "0 2px 10px rgb(0 0 0 / 30%)",
  });

  const frame = document.createElement("iframe");
  frame.id = "bingwen-frame";
  frame.title = "并问 太原市民问答助手";
  Object.assign(frame.style, corner, {
    bottom: "80px",
    width: "min(420px, calc(100vw - 32px))",
    height: "min(680px, calc(100vh - 96px))",
    border: "0",
    borderRadius: "16px",
    background: "#f4f2ec",
    boxShadow: "0 4px 24px rgb(0 0 0 / 35%)",
  });

  function show(open) {
    if (open && !frame.src) frame.src = `${home}/embed`;
    frame.hidden = !open;
    frame.style.display = open ? "block" : "none";
    button.textContent = open ? "关闭" : "并问";
    button.setAttribute("aria-label", open ? "关闭问答助手" : "打开问答助手并问");
    button.setAttribute("aria-expanded", String(open));
    if (open) frame.focus();
  }

  button.setAttribute("aria-controls", frame.id);
  button.addEventListener("click", () => show(frame.hidden));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !frame.hidden) {
      show(false);
      button.focus();
    }
  });

  const attach = () => document.body.append(frame, button);
  show(false);
  if (document.body) attach();
  else document.addEventListener("DOMContentLoaded", attach);
})();
