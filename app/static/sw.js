// Reads the saved course when there is no network. Keeps what the server lists and marks as free
// of persons (header Stegvis-Keeps), for the one who saved it, and nothing else.
const WHO = "/-/who";
const CONTENT = /^\/modul\/[^/]+\/innehall$/;

addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(clients.claim()));

const saved = async () => {
  for (const name of await caches.keys()) {
    const who = await (await caches.open(name)).match(WHO);
    if (who) return { name, ...(await who.json()) };
  }
  return null;
};

const forget = async (except) => {
  for (const name of await caches.keys()) if (name !== except) await caches.delete(name);
};

const fetchKept = async (path) => {
  const answer = await fetch(path, { credentials: "same-origin", redirect: "error" });
  if (!answer.ok || answer.headers.get("Stegvis-Keeps") !== "yes") throw new Error(path);
  return answer;
};

const refused = (why) => Object.assign(new Error(why), { why });

// All of it or nothing: a new store under a name of its own, then the old ones go.
const save = async (tell) => {
  const list = await (await fetch("/spara/lista", { redirect: "error" })).json();
  if (list.reader === "shared") throw refused("shared");
  const name = `saved-${crypto.randomUUID()}`;
  const store = await caches.open(name);
  try {
    let bytes = 0;
    for (const [done, path] of list.pages.entries()) {
      const answer = await fetchKept(path);
      bytes += (await answer.clone().arrayBuffer()).byteLength;
      await store.put(path, answer);
      tell({ done: done + 1, of: list.pages.length, bytes });
    }
    // last: a store that does not say whose it is counts as none
    const who = { reader: list.reader, version: list.version, at: Date.now(), bytes };
    await store.put(WHO, new Response(JSON.stringify(who)));
  } catch (error) {
    await caches.delete(name);
    throw error;
  }
  await forget(name);
};

let saving = null;
const saveOnce = (tell) => (saving ??= save(tell).finally(() => (saving = null)));

addEventListener("message", (event) => {
  const tell = (said) => event.ports[0]?.postMessage(said);
  const does = { save: () => saveOnce(tell), forget: () => forget() }[event.data];
  if (!does) return;
  event.waitUntil(does().then(() => tell({ ok: true }), (error) => tell({ ok: false, why: error.why })));
});

// Whose page is it that came? Somebody else's, or a shared device: all that was saved goes first.
const checkReader = async (answer) => {
  const reader = answer.headers.get("Stegvis-Reader");
  const mine = reader && (await saved());
  if (mine && mine.reader !== reader) await forget();
};

const fromStore = async (path) => {
  const mine = await saved();
  return mine && (await (await caches.open(mine.name)).match(path));
};

const withoutNetwork = async (url) => {
  const module = url.pathname.match(/^\/modul\/([^/]+)/);
  const there = await fromStore(url.pathname);
  if (there) return there;
  const path = module && `/modul/${module[1]}/innehall`;
  if (path && (await fromStore(path))) return Response.redirect(path, 302);
  return (await fromStore("/utan-nat")) ?? Response.error();
};

const navigate = async (event, url) => {
  try {
    const answer = await fetch(event.request);
    await checkReader(answer);
    if (CONTENT.test(url.pathname) && answer.headers.get("Stegvis-Keeps") === "yes") {
      const mine = await saved();
      if (mine) await (await caches.open(mine.name)).put(url.pathname, answer.clone());
    }
    return answer;
  } catch {
    return withoutNetwork(url);
  }
};

addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (url.origin !== location.origin) return;
  if (event.request.method === "POST" && url.pathname === "/logga-ut") event.waitUntil(forget());
  if (event.request.method !== "GET") return;
  if (event.request.mode === "navigate") event.respondWith(navigate(event, url));
  else if (url.pathname.startsWith("/static/"))
    event.respondWith(fromStore(url.pathname).then((kept) => kept ?? fetch(event.request)));
});
