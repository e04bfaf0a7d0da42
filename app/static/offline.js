// The page where the course is saved for reading without a network, and the page when there is none.

const box = document.querySelector("[data-offline]");
const words = box?.dataset ?? {};
const status = box?.querySelector("[role=status]");
const say = (text, values = {}) => {
  status.textContent = text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
};
const megabytes = (bytes) =>
  (bytes / 1e6).toLocaleString(document.documentElement.lang, { maximumFractionDigits: 1 });

const stored = async () => {
  for (const name of await caches.keys()) {
    const store = await caches.open(name);
    const who = await store.match("/-/who");
    if (who) return { ...(await who.json()), store };
  }
  return null;
};

const ask = async (what, tell) => {
  const worker = (await navigator.serviceWorker.ready).active;
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => ("ok" in data ? resolve(data) : tell?.(data));
    worker.postMessage(what, [port2]);
  });
};

const show = async () => {
  const kept = await stored();
  const day = kept && new Date(kept.at).toLocaleString(document.documentElement.lang, { dateStyle: "long", timeStyle: "short" });
  for (const part of box.querySelectorAll("[data-when]"))
    part.hidden = (part.dataset.when === "saved") !== Boolean(kept);
  if (!kept) return say(words.none);
  say(kept.version === words.version ? words.saved : words.old, { day, size: megabytes(kept.bytes) });
};

if (box && "serviceWorker" in navigator && "caches" in window) {
  box.hidden = false;
  box.addEventListener("click", async ({ target }) => {
    const what = target.closest("[data-do]")?.dataset.do;
    if (!what || box.getAttribute("aria-busy")) return;
    box.setAttribute("aria-busy", "true");
    try {
      if (what === "save") {
        await navigator.serviceWorker.register("/sw.js");
        const said = await ask("save", ({ done, of, bytes }) =>
          say(words.saving, { done, of, size: megabytes(bytes) }));
        await show();
        if (!said.ok) say(words.failed);
      } else {
        await ask("forget");
        await (await navigator.serviceWorker.getRegistration())?.unregister();
        await show();
      }
    } catch {
      say(words.failed);
    } finally {
      box.removeAttribute("aria-busy");
    }
  });
  show();
}

// Without a network: what is there to read.
const list = document.querySelector("[data-saved-pages]");
if (list) {
  const kept = await stored();
  const pages = kept ? await kept.store.keys() : [];
  for (const { url } of pages.filter(({ url }) => url.endsWith("/innehall"))) {
    const page = await (await kept.store.match(url)).text();
    const title = new DOMParser().parseFromString(page, "text/html").querySelector("h1");
    const link = Object.assign(document.createElement("a"), { href: url, textContent: title.textContent });
    const row = document.createElement("li");
    row.append(link);
    list.append(row);
  }
  list.parentElement.hidden = !list.children.length;
}
