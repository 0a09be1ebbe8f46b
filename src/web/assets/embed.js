// Puts a button on another site, and help in a frame when it is pressed:
// <script src="https://HOST/embed.js" data-tree="network/wifi" data-label="Help" data-color="#1f6f5c" defer></script>
// All of it is optional but the address. It sets no cookie, reads nothing of the page, and needs no inline style.
"use strict";
(() => {
  const script = document.currentScript;
  const host = new URL(script.src);
  const { tree, label = "Help", color = "#1f6f5c" } = script.dataset;
  const path = tree ? `/t/${tree.split("/").map(encodeURIComponent).join("/")}` : "/";

  const make = (name, properties, style) => {
    const made = Object.assign(document.createElement(name), properties);
    for (const [key, value] of Object.entries(style)) made.style.setProperty(key, value);
    return made;
  };
  const round = { border: "0", cursor: "pointer", font: "600 16px/1.2 system-ui, sans-serif", color: "#fff", background: color };

  const open = make("button", { type: "button", textContent: label }, {
    ...round, position: "fixed", right: "20px", bottom: "20px", "z-index": "2147483000", padding: "14px 22px",
    "border-radius": "999px", "box-shadow": "0 4px 18px rgb(0 0 0 / .25)", "min-height": "44px",
  });
  open.setAttribute("aria-haspopup", "dialog");

  // A dialog keeps the focus inside, makes the page behind it inert, and gives the focus back when it closes.
  const dialog = make("dialog", {}, {
    position: "fixed", inset: "auto 0 0 auto", margin: "min(20px, 2vw)", padding: "0", border: "0", width: "min(420px, 96vw)",
    height: "min(720px, 92vh)", "max-width": "none", "max-height": "none", overflow: "hidden", "border-radius": "16px", "box-shadow": "0 10px 50px rgb(0 0 0 / .35)",
  });
  dialog.setAttribute("aria-label", label);
  const close = make("button", { type: "button", textContent: "×" }, {
    ...round, position: "absolute", top: "8px", right: "8px", width: "44px", height: "44px", "border-radius": "50%", "font-size": "24px",
  });
  close.setAttribute("aria-label", "Close");
  close.addEventListener("click", () => dialog.close());

  let frame;
  open.addEventListener("click", () => {
    // Made once: what was answered is still there when it is opened again.
    if (!frame) {
      frame = make("iframe", { src: host.origin + path, title: label }, { width: "100%", height: "100%", border: "0", display: "block" });
      dialog.append(frame, close);
    }
    dialog.showModal();
  });
  dialog.addEventListener("close", () => open.focus());
  addEventListener("message", (event) => {
    if (frame && event.source === frame.contentWindow && event.origin === host.origin && event.data === "fixpath:close") dialog.close();
  });

  document.body.append(open, dialog);
})();
