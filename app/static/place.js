// Tells the server which part of the lesson is being read, so that one can go on there.
const form = document.getElementById("plats");
const headings = [...form.elements.part].map((button) => document.getElementById(button.value));
let told = headings[0]; // whoever has only opened the lesson is nowhere
let waiting = 0;

const reached = () =>
  headings.findLast((one) => one?.getBoundingClientRect().top < innerHeight / 2) ?? headings[0];
const tell = () => {
  clearTimeout(waiting);
  waiting = 0;
  const here = reached();
  if (here === told || document.body.hidden) return;
  const data = new FormData();
  data.set("csrf_token", form.elements.csrf_token.value);
  data.set("part", here.id);
  data.set("tyst", "1");
  if (navigator.sendBeacon(form.action, data)) told = here;
};

// A part counts when one has stayed in it for a while, or leaves from there.
addEventListener("scroll", () => (waiting ||= setTimeout(tell, 4000)), { passive: true });
document.addEventListener("visibilitychange", () => document.hidden && waiting && tell());
