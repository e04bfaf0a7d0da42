// Saves a form marked data-autosave while somebody writes in it, and says where the text is.
// Without this the buttons do the same. One request at a time; the draft's version is the guard.
// It stands instead of app.js and does what of that the page needs: a request less on a weak line.
const PAUSE = 3000, LONGEST = 20000, PATIENCE = 30000, KEEPALIVE_MAX = 60000;
const MACHINERY = /^(csrf_token|idem|author|v|label\..*)$/;
const UNDECIDED = ["failed", "login", "left", "other", "token"]; // says nothing about the text

document.querySelector("[data-focus]")?.focus(); // the error summary is read first
const form = document.querySelector("form[data-autosave]");
const state = document.getElementById("sparat");
const field = (name) => form.elements.namedItem(name);
const written = (of = form) => String(
  new URLSearchParams([...new FormData(of)].filter(([name]) => !MACHINERY.test(name))),
);
const original = form.cloneNode(true); // as the server wrote it
original.reset();

let acked = "unsaved" in form.dataset ? null : written(original);
let unsure = null; // was sent, and nobody knows whether it arrived
let flight = null, timer = 0, since = 0, wait = 0;
let how = "saved"; // what the line says: saved, or which trouble there is
let leaving = false; // with what is written, or with nothing that is not saved
let parting = false; // by another form, perhaps to log out: nothing may be left behind
const isDirty = () => written() !== acked;

// Copies in the browser: on one's own device alone, only of what is not saved.
const { device } = form.dataset;
const copies = device === "copies"
  ? import("./unsaved.js").then(({ copyOf }) => copyOf(form, acked)).catch(() => null)
  : Promise.resolve(null);
if (device === "shared") window.indexedDB?.deleteDatabase("stegvis-unsaved");
let copying = null;
async function copyNow() {
  const copy = await copies;
  copying = null; // what is typed from here on needs another copy
  const isOver = leaving || parting || document.body.hidden || how === "left" || how === "other";
  if (!copy || isOver || !isDirty()) return false;
  return copy.keep({ text: written(), v: field("v").value, unsure }).then(() => true, () => false);
}
const keepCopy = () => (copying ??= copyNow());
const dropCopy = async () => (await copies)?.drop().catch(() => {});

// The line below the buttons; read out only when it says something else than before.
function say(kind, text) {
  const [line, told] = state.querySelectorAll("p");
  if (text || line.dataset.kind !== kind) {
    const template = state.querySelector(`[data-say="${kind}"]`);
    line.replaceChildren(text || template.content.cloneNode(true));
  }
  if (kind !== "saving" && told.dataset.kind !== kind) {
    told.textContent = line.textContent;
    told.dataset.kind = kind;
  }
  line.dataset.kind = kind;
}

async function send(text) {
  const body = new URLSearchParams(text);
  for (const name of ["v", "csrf_token", "author"]) body.set(name, field(name).value);
  const answer = await fetch(form.action, {
    method: "POST", body, headers: { Accept: "application/json" },
    keepalive: String(body).length < KEEPALIVE_MAX, signal: AbortSignal.timeout?.(PATIENCE),
  });
  const found = await answer.json().catch(() => ({}));
  if (found.state) return found;
  return { state: answer.status < 500 && answer.status !== 429 ? "refused" : "failed" };
}

/** Sends what is written, and what may not have arrived before it; returns how it went. */
function save() {
  clearTimeout(timer);
  flight ??= attempt().finally(() => {
    flight = null;
    if (how === "saved" && isDirty()) plan();
  });
  return flight;
}

async function attempt() {
  let isRenewed = false;
  while (isDirty() || unsure !== null) {
    const isRepeat = unsure !== null;
    const text = unsure ?? written();
    if (how === "saved") say("saving");
    unsure = text;
    const found = await send(text).catch(() => ({ state: "failed" }));
    const keepsDoubt = found.state === "failed" || isRepeat && UNDECIDED.includes(found.state);
    unsure = keepsDoubt ? text : null;
    if (found.state === "token" && !isRenewed) {
      for (const one of document.querySelectorAll("[name=csrf_token]")) one.value = found.csrf;
      isRenewed = true;
    } else if (found.state !== "saved") {
      return failed(found.state === "token" ? "failed" : found.state, found.said);
    } else {
      acked = text;
      since = wait = 0;
      how = "saved";
      field("v").value = found.v;
      document.querySelector("[data-until]").textContent = found.until;
      say(found.kind ?? "saved", found.said);
      if (location.pathname !== new URL(form.action).pathname) {
        history.replaceState(null, "", form.action); // what was new has a page of its own now
      }
      if (!isDirty()) await dropCopy();
      else if (!isRepeat) break;
    }
  }
  return how;
}

async function failed(kind, said) {
  how = kind;
  if (kind === "left" || kind === "other") await dropCopy();
  const isKept = await keepCopy();
  say(kind === "failed" && isKept ? "kept" : kind === "left" ? "login" : kind, said);
  if (["failed", "login", "left"].includes(kind)) {
    wait = Math.min(60, wait * 2 || 2);
    timer = setTimeout(save, wait * 1000);
  }
  return kind;
}

function plan() {
  since ||= Date.now();
  clearTimeout(timer);
  timer = setTimeout(save, Math.max(0, Math.min(PAUSE, since + LONGEST - Date.now())));
}

form.addEventListener("input", () => {
  parting = false;
  if (how !== "saved" || !navigator.onLine) keepCopy();
  if (!isDirty()) return;
  if (how === "saved" && !navigator.onLine) save();
  else if (["saved", "invalid", "refused"].includes(how)) plan();
});
addEventListener("offline", () => isDirty() && save());
addEventListener("online", () => {
  wait = 0;
  if (isDirty()) save();
});
document.addEventListener("visibilitychange", () => {
  if (leaving || parting || document.body.hidden || !isDirty() || how === "conflict") return;
  if (document.hidden) keepCopy();
  save();
});

// Left in a hurry: the newest words go too, also when others are under way.
async function saveAll() {
  if ((await save()) === "saved" && isDirty()) await save();
}
form.addEventListener("leave", ({ detail }) => detail.push(saveAll()));

// A button, here or elsewhere on the page: what is written goes first, so that the form has the
// right version. When it cannot be sent nothing is left, and the line says where the text is.
let passing = null;
addEventListener("submit", async (event) => {
  const { target, submitter } = event;
  if (target.dataset.sent) {
    event.preventDefault();
    return;
  }
  if (passing === target || !isDirty() && unsure === null) {
    target.dataset.sent = "yes"; // one press, one request
    setTimeout(() => delete target.dataset.sent, 10000);
    leaving = target === form || !isDirty();
    parting = target !== form;
    passing = null;
    return;
  }
  event.preventDefault();
  event.stopImmediatePropagation();
  let outcome = await save();
  if (outcome === "saved" && isDirty()) outcome = await save();
  if (outcome === "failed") {
    state.scrollIntoView({ block: "center" });
    return;
  }
  passing = target;
  target.requestSubmit(submitter?.isConnected ? submitter : null);
}, true);
addEventListener("pageshow", () => {
  leaving = parting = false;
  for (const one of document.forms) delete one.dataset.sent;
});
addEventListener("beforeunload", (event) => {
  if (leaving || document.body.hidden || !isDirty()) return;
  event.preventDefault();
  event.returnValue = true; // for browsers from before 2024
});

// From a word processor: headings, lists, bold and links become marks in the text.
form.addEventListener("paste", (event) => {
  const html = event.clipboardData.getData("text/html");
  const plain = event.clipboardData.getData("text/plain");
  const box = event.target;
  if (!html || !box.matches("[data-markdown]")) return;
  event.preventDefault();
  import("./pasting.js").then(({ marked }) => marked(html) || plain).catch(() => plain)
    .then((text) => {
      box.focus();
      // as if it were typed, so that it can be undone
      if (!document.execCommand("insertText", false, text)) box.setRangeText(text);
    });
});
