// Single keys outside fields (WCAG 2.1.4: they can be switched off at the foot of the page). Each key presses a visible
// link or button that carries data-key, so nothing can be done by key alone.

const ROWS = "[data-row-link]";

function inField(target) {
  return target instanceof Element
    && (target.closest("input, textarea, select, [contenteditable]") !== null)
    && !target.matches("input[type=radio], input[type=checkbox], input[type=submit], input[type=button]");
}

function rows() {
  return [...document.querySelectorAll(ROWS)].filter((link) => link.getClientRects().length > 0);
}

function move(step) {
  const all = rows();
  if (all.length === 0) return;
  const here = document.activeElement?.closest("tr, li")?.querySelector(ROWS);
  const chosen = document.querySelector("[aria-current=true]")?.querySelector?.(ROWS);
  const at = all.indexOf(here ?? chosen);
  // From nowhere J goes to the first row and K to the last.
  const next = at < 0 ? (step > 0 ? 0 : all.length - 1) : Math.min(all.length - 1, Math.max(0, at + step));
  all[next].focus();
  all[next].scrollIntoView({ block: "nearest" });
}

// The row of the focus first: O takes the row one stands on, else the chosen one, else the page's own button. A key that
// rows have never acts on another row than the one looked at.
function withKey(key) {
  const fits = (element) => element.dataset.key.toUpperCase() === key && element.getClientRects().length > 0;
  const all = [...document.querySelectorAll("[data-key]")].filter(fits);
  const rowOf = (element) => element?.closest("tr:has([data-row-link]), li:has([data-row-link])") ?? null;
  const here = rowOf(document.activeElement);
  const chosen = document.querySelector("tr[aria-current=true], li[aria-current=true]");
  const inRow = (row) => row && all.find((element) => row.contains(element));
  // What the page itself does goes before what every page has.
  const ofPage = all.find((element) => !rowOf(element) && element.closest("main")) ?? all.find((element) => !rowOf(element));
  if (here) return inRow(here) ?? (all.some(rowOf) ? undefined : ofPage);
  return inRow(chosen) ?? ofPage;
}

function help() {
  const dialog = document.getElementById("keys-help");
  if (!dialog || dialog.open) return;
  const list = dialog.querySelector("[data-keys-here]");
  const seen = new Set();
  list.replaceChildren();
  for (const element of [...document.querySelectorAll("main [data-key]"), ...document.querySelectorAll("[data-key]")]) {
    const key = element.dataset.key.toUpperCase();
    if (seen.has(key)) continue;
    seen.add(key);
    const words = element.cloneNode(true);
    for (const extra of words.querySelectorAll("kbd, .ds-sr-only")) extra.remove();
    const row = list.insertRow();
    const name = document.createElement("th");
    name.scope = "row";
    const shape = document.createElement("kbd");
    shape.textContent = key;
    name.append(shape);
    row.append(name);
    row.insertCell().textContent = (words.textContent || element.getAttribute("aria-label") || "").trim();
  }
  dialog.showModal();
}

function submitWith(field) {
  const form = field.closest?.("form");
  const button = form?.querySelector("button[type=submit]:not([data-variant])");
  if (button) form.requestSubmit(button);
}

function pressed(event) {
  if (event.defaultPrevented || event.isComposing) return;
  if (event.ctrlKey && event.key === "Enter") {
    event.preventDefault();
    submitWith(event.target);
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (inField(event.target)) {
    if (event.key === "Escape") event.target.blur();
    return;
  }
  if (document.querySelector("dialog[open]")) return;
  const key = event.key.toUpperCase();
  if (key === "J" || key === "K") move(key === "J" ? 1 : -1);
  else if (event.key === "?") help();
  else if (event.key === "Escape") document.querySelector("[data-key='Esc']")?.click();
  else if (event.key.length === 1) {
    const element = withKey(key);
    if (!element) return;
    if (element.matches("input, textarea, select")) element.focus();
    else element.click();
  } else return;
  event.preventDefault();
}

export function startKeys() {
  if (document.body.dataset.keys === "on") addEventListener("keydown", pressed);
  else addEventListener("keydown", (event) => {
    // Ctrl+Enter is no single key and stays.
    if (event.ctrlKey && event.key === "Enter" && inField(event.target)) {
      event.preventDefault();
      submitWith(event.target);
    }
  });
}
