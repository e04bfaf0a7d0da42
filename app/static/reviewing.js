// Keys for whoever answers many texts, and phrases put in without a new page. The keys work only
// while a level, the decision or the text has the focus: whoever writes or speaks meets none.
const form = document.querySelector("form[data-autosave]");
const groups = [...form.querySelectorAll("fieldset.rub, #outcome")];
const text = document.getElementById("texten");
const help = document.getElementById("tangenter");
const onwards = form.querySelector(".acts .btn"); // to the check, or a second reader is ready
const radios = (group) => [...group.querySelectorAll("input[type=radio]")];
const groupOf = (element) => element.closest("fieldset.rub, #outcome");
let here = groups[0]; // the criterion that one is at, also while one is in the text

function go(group) {
  if (!group) return;
  (radios(group).find((one) => one.checked) ?? radios(group)[0]).focus();
  group.scrollIntoView({ block: "nearest" });
}
function step(by) {
  const next = groups[groups.indexOf(here) + by];
  if (next || by < 0) go(next);
  else onwards.focus();
}

function choose(number) {
  const radio = radios(here)[number - 1];
  if (!radio) return;
  radio.click();
  onward(radio);
}

// From the decision: to the date when one is needed, else to the button that checks.
function onward(radio) {
  if (here.id !== "outcome") return step(1);
  const isReturn = radio.value === "return";
  (isReturn ? form.elements.due_on : onwards).focus();
}

const sectionOf = (group) => {
  const link = group.querySelector("a[href^='#avsnitt-']");
  return link && document.getElementById(link.hash.slice(1));
};
const KEYS = {
  j: () => step(1),
  k: () => step(-1),
  t: () => (sectionOf(here) ?? text).focus(),
  b: () => go(here),
  c: () => (here.querySelector("textarea") ?? form.elements.overall).focus(),
  p() {
    const bank = here.querySelector("details.bank");
    if (!bank) return;
    bank.open = true;
    bank.querySelector("button").focus();
  },
  "?"() {
    help.open = !help.open;
    help.scrollIntoView({ block: "nearest" });
  },
};

form.addEventListener("focusin", ({ target }) => {
  here = groupOf(target) ?? here;
});
addEventListener("keydown", (event) => {
  const { target, key } = event;
  if (event.isComposing || event.altKey || event.metaKey || event.defaultPrevented) return;
  if (event.ctrlKey) {
    if (key !== "Enter" || !form.contains(target)) return;
    event.preventDefault();
    onwards.click();
    return;
  }
  if (key === "Escape" && form.contains(target) && groupOf(target)) return go(here);
  const isLevel = target.type === "radio" && form.contains(target);
  if (!isLevel && target !== text && target.parentElement !== text) return;
  if (target.matches("a, button, summary, [role=region]")) return;
  if (isLevel && key === "Enter") onward(target);
  else if (isLevel && /^[1-9]$/.test(key)) choose(Number(key));
  else if (Object.hasOwn(KEYS, key.toLowerCase())) KEYS[key.toLowerCase()]();
  else return;
  event.preventDefault();
});

// A phrase: after what stands there, with the part to fill in chosen.
form.addEventListener("click", (event) => {
  const button = event.target.closest("button[name=add]");
  if (!button) return;
  event.preventDefault();
  const at = button.value.indexOf(":");
  const box = form.elements.namedItem(`comment-${button.value.slice(0, at)}`);
  box.value = `${box.value.trimEnd()}\n\n${button.value.slice(at + 1)}`.trimStart();
  const end = box.value.length;
  box.focus();
  box.setSelectionRange(box.value.endsWith("…") ? end - 1 : end, end);
  box.dispatchEvent(new Event("input", { bubbles: true }));
});

const rest = form.querySelector("[data-breaks]");
const { due_on: due } = form.elements;
due?.addEventListener("input", () => {
  const breaks = rest?.dataset.breaks.trim().split(" ").map((one) => one.split("/")) ?? [];
  if (rest) rest.hidden = !breaks.some(([from, to]) => from <= due.value && due.value <= to);
});
