// Makes the walk nicer where scripts run: no reload, keys, countdowns. Everything works without it.
"use strict";
(() => {
  const main = () => document.getElementById("main");

  const show = (text, address, how) => {
    const page = new DOMParser().parseFromString(text, "text/html");
    const fresh = page.getElementById("main");
    if (!fresh) return false;
    main().replaceWith(document.adoptNode(fresh));
    document.title = page.title;
    if (how === "push") history.pushState({}, "", address);
    if (how === "replace") history.replaceState({}, "", address);
    scrollTo(0, 0);
    main().focus({ preventScroll: true });
    document.dispatchEvent(new Event("fixpath:shown"));
    return true;
  };

  const say = (words) => {
    let live = document.getElementById("live");
    if (!live) {
      live = document.createElement("p");
      live.id = "live";
      live.className = "misfit";
      live.setAttribute("role", "alert");
    }
    main().prepend(live);
    live.textContent = words;
  };

  // An answer: sent, and the next page put in this one's place. What fails is said, and nothing is lost.
  let sending = false;
  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (form.dataset.plain !== undefined || !form.closest("#main")) return;
    const get = form.method === "get";
    const fields = new FormData(form, event.submitter);
    event.preventDefault();
    if (sending) return;
    sending = true;
    main().classList.add("busy");
    try {
      const query = new URLSearchParams(fields);
      const address = get ? `${form.action}?${query}` : form.action;
      const response = await fetch(address, get ? {} : { method: "POST", body: query });
      const here = response.url === location.href;
      if (!show(await response.text(), response.url, here ? "replace" : "push")) location.assign(response.url);
    } catch {
      say("There is no connection right now. Nothing is lost: please try again.");
    } finally {
      sending = false;
      main().classList.remove("busy");
    }
  });

  addEventListener("popstate", async () => {
    const response = await fetch(location.href);
    show(await response.text(), location.href, "none");
  });
  addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });

  // Keys: the digit, y or n of an answer.
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    const at = event.target;
    if (at.matches("input:not([type=checkbox]), textarea, select, [contenteditable]")) return;
    const button = main().querySelector(`[data-key="${CSS.escape(event.key)}"]`);
    if (button) { event.preventDefault(); button.click(); }
  });

  // Countdowns.
  const tick = () => {
    for (const wait of document.querySelectorAll("[data-until]")) {
      const left = Math.max(0, Math.ceil((Number(wait.dataset.until) - Date.now()) / 1000));
      const words = left > 0 ? `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}` : "Time is up.";
      if (wait.textContent !== words) wait.textContent = words;
    }
  };
  setInterval(tick, 1000);
  document.addEventListener("fixpath:shown", tick);
  tick();

  // Search as one types.
  let typing;
  document.addEventListener("input", (event) => {
    const field = event.target;
    if (!field.matches("[data-find]")) return;
    clearTimeout(typing);
    typing = setTimeout(async () => {
      const address = `${field.form.action}?q=${encodeURIComponent(field.value)}`;
      try {
        const page = new DOMParser().parseFromString(await (await fetch(address)).text(), "text/html");
        const found = page.getElementById("found");
        const old = document.getElementById("found");
        if (found && old) old.replaceWith(document.adoptNode(found));
        history.replaceState({}, "", address);
      } catch { /* The button still searches. */ }
    }, 180);
  });

  // Parts that others change are drawn anew now and then, while somebody is there who looks, and is busy elsewhere.
  const EVERY = 20e3, THERE = 30 * 60e3;
  let seen = Date.now();
  for (const kind of ["pointermove", "keydown", "touchstart"]) addEventListener(kind, () => { seen = Date.now(); }, { passive: true });
  setInterval(async () => {
    const part = () => document.querySelector("[data-refresh]");
    const isBusy = () => !part() || document.hidden || part().contains(document.activeElement) || Date.now() - seen > THERE;
    if (isBusy()) return;
    const address = part().dataset.refresh;
    try {
      const response = await fetch(address);
      if (!response.ok || new URL(response.url).pathname !== address || isBusy()) return;
      const fresh = new DOMParser().parseFromString(await response.text(), "text/html").getElementById(part().id);
      if (fresh && fresh.innerHTML !== part().innerHTML) part().replaceWith(document.adoptNode(fresh));
    } catch { /* Next time. */ }
  }, EVERY);
})();
