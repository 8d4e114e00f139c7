// Forms marked with data-draft-key are saved while they are written: two seconds after the last change, and every four
// seconds during a long one, so that no text older than five seconds can be lost.
// Without a connection the text waits in this tab (sessionStorage: it goes when the tab is closed) and is sent again
// until it is saved. What the server did not get in time is put back when the page is opened anew.

const QUIET = 2000;
const LONGEST = 4000;
const RETRY = 3000;

export function startDrafts(root) {
  for (const form of root.querySelectorAll("form[data-draft-key]")) keep(form);
}

const held = {
  put(key, text) {
    try { sessionStorage.setItem(key, text); } catch { /* full or forbidden: the page itself still holds it */ }
  },
  get(key) {
    try { return sessionStorage.getItem(key); } catch { return null; }
  },
  drop(key) {
    try { sessionStorage.removeItem(key); } catch { /* nothing was kept */ }
  },
};

function keep(form) {
  const key = form.dataset.draftKey;
  const hold = `noste-draft:${location.pathname}:${key}`;
  const state = form.querySelector("[data-save-state]") ?? document.querySelector("[data-save-state]");
  let quiet = 0;
  let latest = 0;
  let retry = 0;
  let busy = false;
  let again = false;
  let sent = false;
  let leaving = new AbortController();

  function show(words, offline) {
    if (!state) return;
    state.textContent = words;
    if (offline) state.dataset.color = "warning";
    else delete state.dataset.color;
  }

  function written() {
    const fields = new URLSearchParams();
    for (const [name, value] of new FormData(form)) {
      if (typeof value === "string" && !name.startsWith("_")) fields.append(name, value);
    }
    return fields;
  }

  // Nothing is written and the choices are as the page gave them: there is nothing to keep.
  function untouched() {
    return [...form.elements].every((field) => {
      if (!field.name || field.name.startsWith("_")) return true;
      if (field.type === "checkbox" || field.type === "radio") return field.checked === field.defaultChecked;
      if (field.tagName === "SELECT") {
        const given = [...field.options].some((option) => option.defaultSelected);
        return given ? [...field.options].every((option) => option.selected === option.defaultSelected)
          : field.selectedIndex <= 0;
      }
      if (["hidden", "submit", "button", "file"].includes(field.type) || field.tagName === "FIELDSET") return true;
      return (field.value ?? "").trim() === "";
    });
  }

  function stopWaiting() {
    clearTimeout(quiet);
    clearTimeout(latest);
    clearTimeout(retry);
    quiet = latest = retry = 0;
  }

  async function save() {
    stopWaiting();
    if (sent) return;
    if (busy) {
      again = true;
      return;
    }
    busy = true;
    const text = written().toString();
    held.put(hold, text);
    const body = new URLSearchParams(text);
    body.set("_token", form.querySelector("[name=_token]").value);
    body.set("_draft", key);
    if (untouched()) body.set("_empty", "1");
    try {
      const answer = await fetch("/drafts", {
        method: "POST",
        body,
        headers: { "x-noste-script": "draft" },
        signal: AbortSignal.any([AbortSignal.timeout(8000), leaving.signal]),
      });
      if (!answer.ok) throw new Error(String(answer.status));
      const { saved } = await answer.json();
      if (held.get(hold) === text) held.drop(hold);
      show(saved, false);
    } catch {
      if (sent) return;
      show(document.body.dataset.offline ?? "", true);
      retry = setTimeout(save, RETRY);
    } finally {
      busy = false;
      if (again) {
        again = false;
        save();
      }
    }
  }

  function changed() {
    if (sent) return;
    held.put(hold, written().toString());
    clearTimeout(quiet);
    quiet = setTimeout(save, QUIET);
    latest ||= setTimeout(save, LONGEST);
  }

  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
  form.addEventListener("submit", (event) => {
    if (event.defaultPrevented) return;
    // The form itself carries the text now; a draft saved after it would come back as a ghost.
    sent = true;
    stopWaiting();
    leaving.abort();
    held.drop(hold);
  });
  addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    sent = false;
    leaving = new AbortController();
  });
  addEventListener("online", () => { if (retry) save(); });
  // Leaving the page with unsaved text: the last chance, sent even when the page is gone.
  addEventListener("pagehide", () => {
    if (!quiet && !latest && !retry) return;
    const body = written();
    body.set("_token", form.querySelector("[name=_token]").value);
    body.set("_draft", key);
    if (untouched()) body.set("_empty", "1");
    navigator.sendBeacon("/drafts", body);
  });
  for (const discard of document.querySelectorAll("form[data-draft-discard]")) {
    discard.addEventListener("submit", () => { sent = true; stopWaiting(); held.drop(hold); });
  }

  const waiting = held.get(hold);
  const returned = form.querySelector("[aria-invalid]") !== null || document.getElementById("error-summary") !== null;
  if (returned) {
    // A form that came back to be corrected holds text that no draft has yet.
    save();
  } else if (waiting !== null) {
    putBack(form, new URLSearchParams(waiting));
    save();
  }
}

function putBack(form, fields) {
  for (const field of form.elements) {
    if (!field.name || field.name.startsWith("_")) continue;
    const values = fields.getAll(field.name);
    if (field.type === "checkbox" || field.type === "radio") field.checked = values.includes(field.value);
    else if (field.type !== "file" && field.type !== "submit" && field.type !== "hidden" && values.length > 0) {
      field.value = values[0];
    }
  }
}
