// The agent's walk: one press answers once, tools fold open by a key, copying, and what others do on the same case.
"use strict";
(() => {
  const sheet = () => document.querySelector("[data-case]");
  const typesHere = (at) => at.matches("input:not([type=checkbox],[type=radio]), textarea, select");
  const on = (kind, how, early) => document.addEventListener(kind, how, early);

  // Keys. Where they are turned off (walk.js), nobody presses one.
  const DOUBLE = 250;
  let last = { key: "", at: 0 };
  on("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") {
      const open = event.target.closest("details.tool[open]");
      if (open) { open.open = false; open.querySelector("summary").focus(); }
      else if (typesHere(event.target)) { event.target.blur(); document.body.classList.remove("typing"); }
      return;
    }
    if (typesHere(event.target) || !document.documentElement.classList.contains("keyed")) return;
    const key = event.key === "z" ? "q" : event.key;
    const now = Date.now();
    // What scrolls, moves on or folds open may be held and repeated.
    if (!/^[0-9a-z]$/.test(key)) return;
    const isDouble = key === last.key && now - last.at < DOUBLE;
    last = { key, at: now };
    if (event.repeat || isDouble) { event.stopImmediatePropagation(); event.preventDefault(); return; }
    if (event.key === "z") {
      const park = document.querySelector("[data-key=q]");
      if (park) { event.preventDefault(); park.click(); }
    }
  }, true);
  // The second click of a double click belongs to the page that was there before.
  on("click", (event) => {
    if (event.detail > 1 && event.target.closest(".answer, .always button")) {
      event.preventDefault();
      event.stopImmediatePropagation();
    }
  }, true);
  on("focusin", (event) => document.body.classList.toggle("typing", typesHere(event.target)));
  on("toggle", (event) => {
    const tool = event.target;
    if (tool.matches && tool.matches("details.tool[open]")) {
      for (const other of document.querySelectorAll("details.tool[open]")) if (other !== tool) other.open = false;
      tool.querySelector("input:not([type=hidden]), textarea, select")?.focus();
    }
  }, true);

  // Copying.
  const tell = (words) => {
    let said = document.getElementById("copied");
    if (!said) {
      said = document.createElement("p");
      said.id = "copied";
      said.setAttribute("role", "status");
      document.body.append(said);
    }
    said.textContent = words;
    clearTimeout(tell.later);
    tell.later = setTimeout(() => { said.textContent = ""; }, 2500);
  };
  const select = (node) => getSelection().selectAllChildren(node);
  on("click", async (event) => {
    const button = event.target.closest("[data-copy], [data-copy-text], [data-copy-from]");
    if (!button || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const from = button.dataset.copy && document.getElementById(button.dataset.copy);
    try {
      const text = from ? from.textContent : button.dataset.copyText ?? await (await fetch(button.dataset.copyFrom)).text();
      await navigator.clipboard.writeText(text);
      tell("Copied.");
    } catch {
      // Browsers copy on secure pages alone: there it is marked, or shown, to be copied by hand.
      if (from) { select(from); tell("Press Ctrl+C to copy."); } else if (button.href) location.assign(button.href);
    }
  });

  // Other trees as one types.
  let typing;
  on("input", (event) => {
    const field = event.target;
    if (!field.matches("[data-trees]")) return;
    clearTimeout(typing);
    typing = setTimeout(async () => {
      try {
        const page = await load(`${field.form.action}?tree=${encodeURIComponent(field.value)}`);
        const found = page.getElementById("trees"), old = document.getElementById("trees");
        if (found && old) old.replaceWith(document.adoptNode(found));
      } catch { /* The button still searches. */ }
    }, 180);
  });
  const load = async (address) => {
    const response = await fetch(address);
    if (!response.ok || response.redirected) throw new Error(response.status);
    return new DOMParser().parseFromString(await response.text(), "text/html");
  };

  // Others on the same case: the page fetches itself. What somebody is typing stays.
  let stream, streamed;
  const showOthers = (names) => {
    const line = document.getElementById("others");
    if (!line) return;
    const words = names.length > 1 ? `${names.slice(0, -1).join(", ")} and ${names.at(-1)} are` : `${names[0]} is`;
    const text = names.length ? `${words} looking at this case, too.` : "";
    if (line.textContent !== text) line.textContent = text;
  };
  const isDirty = (field) => field.type === "checkbox" || field.type === "radio"
    ? field.checked !== field.defaultChecked
    : field.matches("select") ? false : field.value !== field.defaultValue;
  const place = (field) => `${field.form?.dataset.step ?? ""}|${field.id}|${field.name}|${field.type === "checkbox" ? field.value : ""}`;
  const typed = () => [...document.querySelectorAll("#main input:not([type=hidden]), #main textarea")].filter(isDirty);
  const refresh = async (by) => {
    let page;
    try { page = await load(location.pathname); } catch { return; }
    const fresh = page.getElementById("main"), old = document.getElementById("main");
    const next = fresh?.querySelector("[data-case]");
    if (!next || !sheet() || Number(next.dataset.seq) <= Number(sheet().dataset.seq)) return;
    const kept = typed().map((field) => ({ place: place(field), value: field.value, checked: field.checked }));
    const at = document.activeElement;
    const held = at && old.contains(at) && at.name ? { place: place(at), start: at.selectionStart, end: at.selectionEnd } : null;
    const open = [...old.querySelectorAll("details[open]")].map((one) => one.id).filter(Boolean);
    const scroll = scrollY;
    const moved = old.querySelector(".answers")?.dataset.step !== fresh.querySelector(".answers")?.dataset.step;
    old.replaceWith(document.adoptNode(fresh));
    document.title = page.title;
    for (const id of open) { const one = document.getElementById(id); if (one) one.open = true; }
    const lost = [];
    const fields = [...document.querySelectorAll("#main input:not([type=hidden]), #main textarea")];
    for (const one of kept) {
      const field = fields.find((field) => place(field) === one.place);
      if (!field) lost.push(one.value);
      else if (field.type === "checkbox" || field.type === "radio") field.checked = one.checked;
      else field.value = one.value;
      if (field && held?.place === one.place) {
        field.focus({ preventScroll: true });
        try { field.setSelectionRange(held.start, held.end); } catch { /* Not every field has one. */ }
      }
    }
    const notice = document.createElement("div");
    notice.className = "notice";
    notice.setAttribute("role", "status");
    const line = document.createElement("p");
    line.textContent = `${by ?? "Somebody else"} went on with this case.` + (moved ? " This is where it stands now." : "");
    notice.append(line);
    if (lost.length) {
      const words = document.createElement("pre");
      words.className = "typed";
      words.textContent = lost.join("\n");
      notice.append("You had typed:", words);
    }
    document.querySelector(".headline")?.after(notice);
    scrollTo(0, scroll);
    document.dispatchEvent(new CustomEvent("fixpath:shown", { detail: "live" }));
  };
  const listen = () => {
    const address = document.visibilityState === "visible" ? sheet()?.dataset.events : undefined;
    if (address === streamed && stream?.readyState !== EventSource.CLOSED) return;
    stream?.close();
    stream = undefined;
    streamed = address;
    if (!address) return;
    stream = new EventSource(address);
    stream.addEventListener("case", (event) => {
      const told = JSON.parse(event.data);
      showOthers(told.others);
      // What one does oneself in this window comes with its own answer.
      if (sheet() && told.seq > Number(sheet().dataset.seq) && !document.querySelector("main.busy")) refresh(told.by);
    });
  };
  on("visibilitychange", () => { listen(); if (document.visibilityState === "visible" && sheet()) refresh(); });
  addEventListener("pagehide", () => { stream?.close(); streamed = undefined; });

  const shown = (event) => {
    listen();
    if (event?.detail === "live") return;
    const field = document.querySelector(".answers input.text");
    if (field && sheet() && !document.querySelector("#late")) field.focus({ preventScroll: true });
  };
  on("fixpath:shown", shown);
  shown();
})();
