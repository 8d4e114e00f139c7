// Forms with data-passkey: the browser asks the person for a passkey, its answer goes into the form's hidden fields, and
// the form is sent like any other. Without this script, or without passkeys, such forms stay hidden.

// Challenges live longer than this; an older page fetches a fresh one first.
const FRESH = 10 * 60_000;

export function startPasskeys(root) {
  if (!window.PublicKeyCredential || !navigator.credentials) return;
  for (const form of root.querySelectorAll("form[data-passkey]")) {
    form.hidden = false;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      ask(form);
    });
  }
  for (const words of root.querySelectorAll("[data-no-passkeys]")) words.hidden = true;
}

async function ask(form) {
  if (form.dataset.asking === "yes") return;
  form.dataset.asking = "yes";
  const failed = form.querySelector("[data-passkey-failed]");
  failed.hidden = true;
  try {
    if (performance.now() > FRESH) await refresh(form);
    fill(form, await answer(form.dataset.passkey, JSON.parse(form.dataset.options)));
    form.submit();
  } catch {
    // Refused by the person, taken away, or no key here: the browser has told which.
    failed.hidden = false;
  }
  delete form.dataset.asking;
}

function answer(kind, options) {
  options.challenge = bytes(options.challenge);
  if (kind === "get") return navigator.credentials.get({ publicKey: options });
  options.user.id = bytes(options.user.id);
  for (const known of options.excludeCredentials) known.id = bytes(known.id);
  return navigator.credentials.create({ publicKey: options });
}

function fill(form, credential) {
  const { response } = credential;
  form.elements.credential.value = text(credential.rawId);
  form.elements.client_data.value = text(response.clientDataJSON);
  form.elements.data.value = text(response.authenticatorData && form.dataset.passkey === "get" ? response.authenticatorData : response.attestationObject);
  form.elements.signature.value = response.signature ? text(response.signature) : "";
}

async function refresh(form) {
  const page = await (await fetch(location.href)).text();
  const selector = `form[data-passkey="${form.dataset.passkey}"]`;
  const fresh = new DOMParser().parseFromString(page, "text/html").querySelector(selector);
  if (fresh) form.dataset.options = fresh.dataset.options;
}

function bytes(text) {
  const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
}

function text(buffer) {
  const plain = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(plain).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}
