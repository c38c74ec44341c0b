// What a page does a little better with script. Everything works without it.
(() => {
  "use strict";
  const page = document;
  const find = (id) => page.getElementById(id);
  const live = find("status");

  /** Have a screen reader say something; the pause makes it speak even when the text is the same. */
  const say = (text) => {
    if (!live || !text) return;
    live.textContent = "";
    setTimeout(() => { live.textContent = text; }, 60);
  };

  /** The time of day as this page writes it; both the language and the clock are the server's. */
  const clock = (moment) => {
    const [hour, minute] = new Intl.DateTimeFormat("en-GB", {
      hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: "Europe/Amsterdam",
    }).format(moment).split(":");
    return live.dataset.clock.replace("23", hour).replace("59", minute);
  };
  // Some servers send the date twice, and a browser joins them.
  const serverTime = (answer) => new Date(Date.parse((answer.headers.get("Date") || "").split(" GMT,")[0]) || Date.now());

  // Snel weg: the page is empty at once, however slow the network is.
  const leave = () => {
    page.title = "\u00a0";
    page.body.replaceChildren();
    location.replace("/weg");
  };
  const escapes = [];
  addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.repeat || event.isComposing) return;
    escapes.push(Date.now());
    if (escapes.length > 3) escapes.shift();
    if (escapes.length === 3 && escapes[2] - escapes[0] < 2000) leave();
  }, true);
  page.addEventListener("click", (event) => {
    if (!event.target.closest || !event.target.closest("#weg")) return;
    event.preventDefault();
    leave();
  });
  addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });

  // Sending twice by a nervous finger. The button keeps its value, so the server knows which one it was.
  const release = (root) => root.querySelectorAll("form[data-sent]").forEach((form) => {
    delete form.dataset.sent;
    form.querySelectorAll("[aria-disabled]").forEach((button) => button.removeAttribute("aria-disabled"));
  });
  page.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post") return;
    if (Date.now() - (form.dataset.sent || 0) < 15000) {
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    form.dataset.sent = Date.now();
    form.querySelectorAll("button").forEach((button) => button.setAttribute("aria-disabled", "true"));
    setTimeout(() => release(page), 15000);
  }, true);

  const paper = find("afdrukken");
  if (paper) {
    paper.hidden = false;
    paper.addEventListener("click", () => print());
  }

  // Until when somebody is signed in: counted down from what the server says, shared between open tabs.
  const box = find("sessie");
  const shown = find("sessie-tot");
  const tabs = box && "BroadcastChannel" in window ? new BroadcastChannel("sessie") : null;
  let end = box ? Date.now() + box.dataset.seconds * 1000 : Infinity;
  let warned = false;
  const later = (moment, words) => {
    if (moment <= end + 1000) return;
    end = moment;
    if (words && shown) shown.textContent = words;
    if (warned && end - Date.now() > 120000) {
      warned = false;
      if (box.contains(page.activeElement)) find("inhoud").focus();
      box.hidden = true;
      say(shown && shown.textContent);
    }
  };
  const heard = (answer) => {
    const left = answer.headers.get("X-Session-Left");
    if (!box || !left) return;
    const words = shown && shown.dataset.text.replace("{time}", clock(+serverTime(answer) + left * 1000));
    later(Date.now() + left * 1000, words);
    if (tabs) tabs.postMessage([end, words]);
  };
  const ask = (url, body) => fetch(url, { method: "POST", body, headers: { "HX-Request": "true" } })
    .then((answer) => { heard(answer); return answer; });
  if (tabs) {
    tabs.onmessage = (event) => later(event.data[0], event.data[1]);
    tabs.postMessage([end, shown && shown.textContent]);
  }
  if (box) {
    const text = find("sessie-tekst");
    const form = box.querySelector("form");
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      ask(form.action, new URLSearchParams(new FormData(form)))
        .then((answer) => { if (!answer.ok) throw answer; })
        .catch(() => say(live.dataset.error))
        .finally(() => release(box));
    });
    const timer = setInterval(() => {
      const left = end - Date.now();
      if (left <= 120000 && !warned) {
        warned = true;
        box.hidden = false;
        say(text.textContent);
      }
      if (left > 0) return;
      clearInterval(timer);
      form.hidden = true;
      text.textContent = text.dataset.over;
      find("sessie-opnieuw").hidden = false;
      say(text.textContent);
      // Nobody who walks by reads on; a text that is being written stays, because it can still be sent.
      if (!page.querySelector("main form[data-dirty]")) find("inhoud").hidden = true;
    }, 1000);
  }
  page.addEventListener("input", (event) => {
    const form = event.target.form;
    if (form && form.method === "post") form.dataset.dirty = "";
  });

  // Keep what is being written, on the server: form[data-autosave-url].
  page.addEventListener("input", (event) => {
    const form = event.target.form;
    const url = form && form.dataset.autosaveUrl;
    if (!url) return;
    let note = form.querySelector(".autosave");
    if (!note) {
      note = page.createElement("p");
      note.className = "autosave";
      note.setAttribute("role", "status");
      form.append(note);
    }
    clearTimeout(form.waiting);
    form.waiting = setTimeout(() => {
      if (form.dataset.sent) return;
      const body = new URLSearchParams(new FormData(form));
      body.set("act", "vanzelf");
      ask(url, body).then((answer) => {
        if (!answer.ok || answer.redirected) throw answer;
        delete form.dataset.dirty;
        note.textContent = live.dataset.saved.replace("{time}", clock(serverTime(answer)));
      }).catch(() => { note.textContent = live.dataset.error; });
    }, 2500);
  });

  // Where the focus goes: to the errors, to what asks for it, or it stays.
  const attend = (root) => {
    const wish = root.querySelector("[data-focus]") || root.querySelector("[autofocus]");
    if (wish) wish.focus();
    return wish;
  };
  attend(page);
  page.addEventListener("htmx:afterSettle", (event) => {
    const target = event.detail.target || event.target;
    if (attend(target) || (page.activeElement && page.activeElement !== page.body)) return;
    const place = target.querySelector("h1, h2, h3") || target;
    place.tabIndex = -1;
    place.focus();
  });
  page.addEventListener("htmx:afterRequest", (event) => {
    const request = event.detail.xhr;
    release(page);
    if (request && request.status) heard({ headers: { get: (name) => request.getResponseHeader(name) } });
  });
  page.addEventListener("htmx:sendError", () => say(live.dataset.offline));

  // How far a file is on its way: [data-upload] in the form; [data-broken] when it doesn't arrive.
  const show = (form, on, upload) => form.querySelectorAll("[data-upload], [data-broken]").forEach((note) => {
    note.hidden = !on || upload === ("broken" in note.dataset);
  });
  page.addEventListener("htmx:xhr:progress", (event) => {
    const note = event.target.querySelector("[data-upload]");
    const { lengthComputable, loaded, total } = event.detail;
    if (!note || !lengthComputable) return;
    const label = note.querySelector("label");
    if (note.hidden) say(label.textContent);
    show(event.target, true, true);
    note.querySelector("progress").value = loaded / total;
    if (loaded === total && label.textContent !== label.dataset.checking) {
      label.textContent = label.dataset.checking;
      say(label.textContent);
    }
  });
  page.addEventListener("htmx:sendError", (event) => show(event.target, true, false));
})();
