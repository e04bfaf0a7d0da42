// Sends a file with its progress told in words, and makes photos smaller first. Without this the
// form is sent as any other.
const LARGEST = 20e6, SIDE = 2000;
const form = document.querySelector("[data-upload]");
if (form) start(form);

function start(form) {
  const field = form.elements.file, original = document.getElementById("original");
  const said = document.getElementById("framsteg");
  const locale = document.documentElement.lang;
  const mb = (bytes) => (bytes / 1e6).toLocaleString(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  let isUnderWay = false; // one press, one upload, however long it takes
  const isPhoto = () => /^image\/(jpeg|png)$/.test(field.files[0]?.type);

  field.addEventListener("change", () => {
    original.closest("p").hidden = !isPhoto();
    said.textContent = "";
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (isUnderWay) return;
    isUnderWay = true;
    const chosen = field.files[0];
    if (!chosen) return wrong(form.dataset.none);
    const file = isPhoto() && !original.checked ? await smaller(chosen) : chosen;
    if (file.size > LARGEST) return wrong(form.dataset.large);
    const data = new FormData(form);
    data.set("file", file, chosen.name);
    send(data, file.size);
  });

  function send(data, size) {
    const request = new XMLHttpRequest();
    let told = 0;
    request.upload.onprogress = (event) => {
      if (Date.now() - told < 1000) return;
      told = Date.now();
      const done = Math.min(event.loaded, size);
      said.textContent = form.dataset.progress.replace("{done}", mb(done)).replace("{total}", mb(size));
    };
    request.upload.onload = () => (said.textContent = form.dataset.done);
    request.onerror = request.ontimeout = () => wrong(form.dataset.cut);
    request.onload = () => {
      if (request.status < 400) return location.replace(request.responseURL);
      const page = new DOMParser().parseFromString(request.responseText, "text/html");
      if (!page.querySelector("main")) return wrong(form.dataset.cut);
      document.title = page.title;
      document.querySelector("main").replaceWith(page.querySelector("main"));
      document.querySelector("[data-focus], h1")?.focus();
      const again = document.querySelector("[data-upload]");
      if (again) start(again);
    };
    request.open("POST", form.action);
    request.send(data);
  }

  function wrong(text) {
    delete form.dataset.sent;
    isUnderWay = false;
    said.textContent = "";
    document.getElementById("file-fel")?.remove();
    const error = document.createElement("p");
    error.className = "err";
    error.id = "file-fel";
    error.textContent = text;
    field.before(error);
    field.setAttribute("aria-invalid", "true");
    field.setAttribute("aria-describedby", "file-hint file-fel");
    field.focus();
  }
}

async function smaller(file) {
  try {
    const picture = await createImageBitmap(file);
    const share = SIDE / Math.max(picture.width, picture.height);
    if (share >= 1) return file;
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(picture.width * share);
    canvas.height = Math.round(picture.height * share);
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    const made = await new Promise((done) => canvas.toBlob(done, file.type, 0.85));
    return made && made.size < file.size ? made : file;
  } catch {
    return file;
  }
}
