// Makes the walk nicer where scripts run: no reload, keys, countdowns. Everything works without it.
"use strict";
(() => {
  const root = document.documentElement;
  const main = () => document.getElementById("main");
  const framed = window !== window.parent;
  root.classList.toggle("framed", framed);

  // What a page came from, so that a mere #anchor is told from another page.
  const place = () => location.pathname + location.search;
  let here = place();

  // To what is new: what does not fit, else the prompt, which is then read aloud from its beginning.
  const focus = () => {
    const to = main().querySelector("[aria-invalid=true]") ?? main().querySelector("[data-focus]") ?? main().querySelector("h1");
    if (!to) return;
    if (!to.matches("input, textarea")) to.tabIndex = -1;
    to.focus({ preventScroll: true });
  };

  const show = (text, address, how) => {
    const page = new DOMParser().parseFromString(text, "text/html");
    const fresh = page.getElementById("main");
    if (!fresh) return false;
    main().replaceWith(document.adoptNode(fresh));
    document.title = page.title;
    if (how === "push") history.pushState({}, "", address);
    if (how === "replace") history.replaceState({}, "", address);
    here = place();
    scrollTo(0, 0);
    focus();
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
    live.scrollIntoView({ block: "nearest" });
  };
  const cut = "There is no connection right now. Nothing is lost, what you typed is still here: please try again.";

  let typing;
  let asking;
  // An answer: sent, and the next page put in this one's place. What fails is said, and nothing is lost.
  let sending = false;
  document.addEventListener("submit", async (event) => {
    const form = event.target;
    // "I don't know" first shows how to find out, if that is still folded.
    const help = event.submitter?.value === "unsure" && main().querySelector("details.help:not([open])");
    if (help) {
      event.preventDefault();
      help.open = true;
      const summary = help.querySelector("summary");
      summary.focus();
      summary.scrollIntoView({ block: "center" });
      return;
    }
    if (form.dataset.plain !== undefined || !form.closest("#main")) return;
    const get = form.method === "get";
    const fields = new FormData(form, event.submitter);
    event.preventDefault();
    if (sending) return;
    sending = true;
    // What was asked for while typing would come in between.
    clearTimeout(typing);
    asking?.abort();
    main().classList.add("busy");
    main().setAttribute("aria-busy", "true");
    try {
      const query = new URLSearchParams(fields);
      const address = get ? `${form.action}?${query}` : form.action;
      const response = await fetch(address, get ? {} : { method: "POST", body: query });
      const text = await response.text();
      // What an agent typed is not taken away by the door.
      if (!get && response.redirected && new URL(response.url).pathname === "/desk/sign-in") {
        say("You are signed out. What you typed is still here: copy it, then sign in again.");
        return;
      }
      if (response.status >= 500 || response.status === 429 || response.status === 403) {
        const why = new DOMParser().parseFromString(text, "text/html").querySelector("[data-why]");
        say(why ? [...why.children].map((part) => part.textContent).join(" ") : cut);
        return;
      }
      const to = new URL(response.url);
      // The first prompt was not yet of the case that has begun: now it is, for the way back.
      if (place().startsWith("/t/") && to.pathname.startsWith("/c/")) history.replaceState({}, "", `${to.pathname}?at=1`);
      const stays = !get && !response.redirected || to.href === location.href;
      if (!show(text, stays ? location.href : to.href, stays ? "replace" : "push")) location.assign(to.href);
    } catch {
      say(cut);
    } finally {
      sending = false;
      main().classList.remove("busy");
      main().removeAttribute("aria-busy");
    }
  });

  addEventListener("popstate", async () => {
    if (place() === here) return;
    const wanted = place();
    try {
      const response = await fetch(location.href);
      const text = await response.text();
      if (place() === wanted) show(text, location.href, "none");
    } catch {
      say(cut);
    }
  });
  // A page out of the browser's memory may be of yesterday; the first prompt is not: it belongs to the case it began.
  addEventListener("pageshow", (event) => { if (event.persisted && !place().startsWith("/t/")) location.reload(); });

  // Keys: the digit, y or n of an answer. They can be turned off (WCAG 2.1.4).
  const kept = (value) => {
    try {
      if (value !== undefined) localStorage.setItem("fixpath-keys", value);
      return localStorage.getItem("fixpath-keys");
    } catch { return null; }
  };
  let keyed = kept() !== "off";
  const offer = document.createElement("button");
  offer.type = "button";
  offer.className = "keys";
  const tell = () => {
    root.classList.toggle("keyed", keyed);
    offer.textContent = keyed ? "Turn off keys for answers" : "Answer with keys: 1 to 9, y, n";
  };
  offer.addEventListener("click", () => { keyed = !keyed; kept(keyed ? "on" : "off"); tell(); });
  tell();
  const offerKeys = () => {
    offer.hidden = !main().querySelector("[data-key]");
    if (!offer.isConnected) document.querySelector("footer")?.append(offer);
  };
  document.addEventListener("fixpath:shown", offerKeys);
  offerKeys();

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && framed) parent.postMessage("fixpath:close", "*");
    if (!keyed || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
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

  // Search as one types; an answer that comes late is not shown over a newer one.
  document.addEventListener("input", (event) => {
    const field = event.target;
    if (!field.matches("[data-find]")) return;
    clearTimeout(typing);
    typing = setTimeout(async () => {
      const query = field.value.trim() ? `?q=${encodeURIComponent(field.value)}` : "";
      const address = field.form.action + query;
      asking?.abort();
      asking = new AbortController();
      try {
        const response = await fetch(address, { signal: asking.signal });
        const page = new DOMParser().parseFromString(await response.text(), "text/html");
        const found = page.getElementById("found");
        const old = document.getElementById("found");
        // The words of the count alone change where it stands already, so that it is read aloud.
        if (!response.ok || !found || !old) return;
        const count = old.querySelector("[role=status]");
        const fresh = found.querySelector("[role=status]");
        if (count && fresh) { count.textContent = fresh.textContent; fresh.replaceWith(count); }
        old.replaceChildren(...found.childNodes);
        history.replaceState({}, "", address);
        here = place();
      } catch { /* The button still searches. */ }
    }, 180);
  });

  // Parts that others change are drawn anew now and then, while somebody is there who looks, and is busy elsewhere.
  const EVERY = 20e3, THERE = 30 * 60e3;
  let seen = Date.now();
  for (const kind of ["pointermove", "keydown", "touchstart"]) addEventListener(kind, () => { seen = Date.now(); }, { passive: true });
  const renew = async () => {
    const part = () => document.querySelector("[data-refresh]");
    // What was only read aloud is no work.
    const holds = () => part().contains(document.activeElement);
    const isBusy = () => !part() || document.hidden || Date.now() - seen > THERE || holds() && document.activeElement.tabIndex >= 0;
    if (isBusy()) return;
    const address = part().dataset.refresh;
    try {
      const response = await fetch(address);
      if (!response.ok || new URL(response.url).pathname !== address || isBusy()) return;
      const fresh = new DOMParser().parseFromString(await response.text(), "text/html").getElementById(part().id);
      if (!fresh || fresh.innerHTML === part().innerHTML) return;
      const read = holds();
      part().replaceWith(document.adoptNode(fresh));
      if (read) focus();
    } catch { /* Next time. */ }
  };
  setInterval(renew, EVERY);
  // Somebody comes back to the page.
  document.addEventListener("visibilitychange", () => { seen = Date.now(); renew(); });
})();
