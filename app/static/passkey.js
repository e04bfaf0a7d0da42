// Passkeys: asks the browser for one and sends its answer with the form that the button is in.
// Without this the button stays hidden, and password and code do the same.

const bytes = (text) =>
  Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replace(/\+/g, "-")
    .replace(/\//g, "_")
    .replace(/=+$/, "");

const inBytes = (list) => (list ?? []).map((one) => ({ ...one, id: bytes(one.id) }));

async function ask(options) {
  const challenge = bytes(options.challenge);
  if (!options.user) {
    const allowCredentials = inBytes(options.allowCredentials);
    return navigator.credentials.get({ publicKey: { ...options, challenge, allowCredentials } });
  }
  const user = { ...options.user, id: bytes(options.user.id) };
  const excludeCredentials = inBytes(options.excludeCredentials);
  const publicKey = { ...options, challenge, user, excludeCredentials };
  return navigator.credentials.create({ publicKey });
}

function written({ id, rawId, type, response }) {
  const answer = { clientDataJSON: text(response.clientDataJSON) };
  for (const name of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (response[name]) answer[name] = text(response[name]);
  }
  if (response.getTransports) answer.transports = response.getTransports();
  const clientExtensionResults = {};
  return JSON.stringify({ id, rawId: text(rawId), type, response: answer, clientExtensionResults });
}

for (const box of document.querySelectorAll("[data-passkey]")) {
  if (!window.PublicKeyCredential) break;
  const button = box.querySelector("button");
  const says = box.querySelector("[role=status]");
  box.hidden = false;
  button.addEventListener("click", async (event) => {
    event.preventDefault();
    says.textContent = "";
    try {
      const credential = await ask(JSON.parse(button.dataset.options));
      box.querySelector("[name=credential]").value = written(credential);
    } catch {
      says.textContent = button.dataset.failed;
      return;
    }
    button.form.requestSubmit(button);
  });
}
