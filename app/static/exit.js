// Leaving in a hurry: the page is covered at once, what is written is saved, the login ended, and
// the page is not behind the Back button. Without this the link leads to the same place.
const link = document.querySelector("[data-exit]");
const told = document.getElementById("lamna-info");
const PATIENCE = 700; // milliseconds behind the cover, when something has to arrive in order

const logoutForm = (page) => page.querySelector("form[action$='/logga-ut']");
const send = (form) =>
  fetch(form.getAttribute("action") || location.href, {
    method: "POST", body: new URLSearchParams(new FormData(form)), keepalive: true,
    redirect: "manual", headers: { Accept: "application/json" },
  });
// A form that saves itself knows what has arrived; a second sender would only get in its way.
const keep = (form) => {
  const saving = [];
  form.dispatchEvent(new CustomEvent("leave", { detail: saving }));
  return saving.length ? Promise.all(saving) : send(form);
};
const isUnsaved = (form) =>
  [...form.querySelectorAll("textarea")].some((box) => box.value !== box.defaultValue);

async function logOut() {
  let form = logoutForm(document);
  if (!form) {
    const page = await (await fetch("/borja")).text();
    form = logoutForm(new DOMParser().parseFromString(page, "text/html"));
  }
  if (form) await send(form);
}

async function leave() {
  document.title = new URL(link.href).host;
  document.body.hidden = true;
  const unsaved = [...document.querySelectorAll("form[data-exit-saves]")].filter(isUnsaved);
  const isSimple = !unsaved.length && logoutForm(document);
  let ending;
  const end = () => (ending ??= logOut().catch(() => {}));
  const done = Promise.allSettled(unsaved.map(keep)).then(end);
  if (!isSimple) await Promise.race([done, new Promise((on) => setTimeout(on, PATIENCE))]);
  end(); // also when no answer has come: the text has been sent, and nobody stays logged in
  location.replace(link.href);
}

link.addEventListener("click", (event) => {
  event.preventDefault();
  leave();
});

// Shift three times within five seconds, and nothing else between.
let presses = [];
addEventListener("keydown", (event) => {
  if (event.repeat) return;
  presses = event.key === "Shift" ? [...presses.slice(-2), event.timeStamp] : [];
  if (presses.length === 3 && event.timeStamp - presses[0] < 5000) leave();
});

// What the button does and does not do is told once.
const SEEN = "stegvis-exit-told";
try {
  if (told && !localStorage.getItem(SEEN)) {
    told.hidden = false;
    told.querySelector("button").addEventListener("click", () => {
      localStorage.setItem(SEEN, "1");
      told.hidden = true;
      link.focus();
    });
  }
} catch {
  // a browser that stores nothing is told nothing twice
}
