// Makes pages that work without it more pleasant. Nothing here is needed.

// The error summary is read first.
document.querySelector("[data-focus]")?.focus();

// One press, one request. The server's idempotency key is the real guard.
addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  setTimeout(() => delete form.dataset.sent, 10000);
});
addEventListener("pageshow", () => {
  for (const form of document.forms) delete form.dataset.sent;
});

// Text that is not saved: ask before it is left by a link or by closing. What the server wrote is
// in the form's own default values, so a value that has been put back is no change.
const written = (form) => new URLSearchParams(new FormData(form)).toString();
const isChanged = (form) => {
  const original = form.cloneNode(true);
  original.reset();
  return written(form) !== written(original);
};
addEventListener("beforeunload", (event) => {
  const forms = [...document.forms];
  if (document.body.hidden || forms.some((form) => form.dataset.sent)) return;
  const asks = (form) => form.querySelector("textarea") && isChanged(form);
  if (!forms.some(asks)) return;
  event.preventDefault();
  event.returnValue = true; // for browsers from before 2024
});

// A problem's line: chosen and brought into sight in the text box.
addEventListener("click", (event) => {
  const line = Number(event.target.closest("[data-line]")?.dataset.line);
  const box = document.getElementById("text");
  if (!line || !box) return;
  event.preventDefault();
  const before = box.value.split("\n").slice(0, line - 1);
  const start = before.join("\n").length + (line > 1 ? 1 : 0);
  const end = box.value.indexOf("\n", start);
  box.focus();
  box.setSelectionRange(start, end < 0 ? box.value.length : end);
  box.scrollTop = (box.scrollHeight * before.length) / box.value.split("\n").length - 80;
});
