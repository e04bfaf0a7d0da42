// Text that could not be saved, kept in the browser of somebody's own device until it is.
// Seven days at most, and never anybody else's.
const WEEK = 7 * 24 * 3600 * 1000;

const opened = new Promise((done, fail) => {
  const request = indexedDB.open("stegvis-unsaved", 1);
  request.onupgradeneeded = () =>
    request.result.createObjectStore("unsaved", { keyPath: ["writer", "address"] });
  request.onsuccess = () => {
    request.result.onversionchange = () => request.result.close(); // lets it be deleted
    done(request.result);
  };
  request.onerror = () => fail(request.error);
});

async function ask(mode, question) {
  const change = (await opened).transaction("unsaved", mode);
  const answer = question(change.objectStore("unsaved"));
  change.commit?.(); // at once: the page may be closed before the answer has come back
  return new Promise((done, fail) => {
    change.oncomplete = () => done(answer.result);
    change.onabort = () => fail(change.error);
  });
}

// The same text, whatever empty fields and spaces at the ends there are.
const bare = (text) => String(new URLSearchParams(
  [...new URLSearchParams(text ?? "")]
    .map(([name, value]) => [name, value.trimEnd()])
    .filter(([name, value]) => value && !name.startsWith("rows-")),
));

/** Offers what was left at this address; returns how to keep and drop the copy of `form`. */
export async function copyOf(form, saved) {
  const { writer } = form.dataset;
  const address = location.pathname;
  const keep = (copy) =>
    ask("readwrite", (store) => store.put({ writer, address, action: form.action, at: Date.now(), ...copy }));
  const drop = () => ask("readwrite", (store) => store.delete([writer, address]));
  for (const one of await ask("readonly", (store) => store.getAll())) {
    if (one.writer !== writer || one.at < Date.now() - WEEK) {
      await ask("readwrite", (store) => store.delete([one.writer, one.address]));
    }
  }
  const left = await ask("readonly", (store) => store.get([writer, address]));
  if (left && ("settled" in form.dataset || bare(left.text) === bare(saved))) await drop();
  else if (left) offer(form, left, saved, drop);
  return { keep, drop };
}

function offer(form, left, saved, drop) {
  const template = document.querySelector("[data-kept]");
  const notice = template.content.firstElementChild;
  notice.querySelector("span").textContent = new Date(left.at).toLocaleString(
    document.documentElement.lang,
    { day: "numeric", month: "long", hour: "2-digit", minute: "2-digit" },
  );
  notice.querySelector("[data-do=restore]").onclick = () => restore(form, left, saved);
  notice.querySelector("[data-do=drop]").onclick = () => drop().then(() => notice.remove());
  template.replaceWith(notice);
}

// Sent like the form itself: saved, or shown beside what was saved in between.
function restore(form, left, saved) {
  const field = (name) => form.elements.namedItem(name).value;
  const fields = new URLSearchParams(left.text);
  for (const name of ["csrf_token", "idem", "author"]) fields.set(name, field(name));
  fields.set("v", left.unsure && bare(left.unsure) === bare(saved) ? field("v") : left.v);
  const sent = Object.assign(document.createElement("form"), { method: "post", hidden: true });
  sent.action = left.action;
  for (const [name, value] of fields) {
    const box = document.createElement("textarea");
    box.name = name;
    box.value = value;
    sent.append(box);
  }
  document.body.append(sent);
  sent.requestSubmit();
}
