// An element with an id, data-live (address of an event stream) and data-fragment (address of a page or fragment that
// holds an element of the same id) is fetched again when the stream tells of a change. Focus and choice stay where they
// are; the change is told politely. Nothing is replaced while somebody is writing in it.
import { say } from "./say.js";

// Changes often come in bunches.
const GATHER = 400;

export function startLive() {
  const parts = [...document.querySelectorAll("[data-live][data-fragment][id]")];
  const streams = new Map();
  for (const part of parts) {
    const address = part.dataset.live;
    streams.set(address, [...(streams.get(address) ?? []), part.id]);
  }
  for (const [address, ids] of streams) open(address, ids);
}

function open(address, ids) {
  let stream = null;
  let timer = 0;
  let missed = false;
  const soon = () => {
    if (document.hidden) {
      missed = true;
      return;
    }
    clearTimeout(timer);
    timer = setTimeout(() => refresh(ids), GATHER);
  };
  const connect = () => {
    stream = new EventSource(address);
    stream.addEventListener("change", soon);
    let first = true;
    // After a break something may have changed unseen.
    stream.addEventListener("open", () => { if (!first) soon(); first = false; });
  };
  connect();
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden && missed) {
      missed = false;
      soon();
    }
  });
  addEventListener("pagehide", () => stream.close());
  addEventListener("pageshow", (event) => { if (event.persisted) { connect(); soon(); } });
}

// Parts that come from one address are fetched once.
async function refresh(ids) {
  const groups = new Map();
  for (const id of ids) {
    const part = document.getElementById(id);
    if (!part || isWriting(part)) continue;
    groups.set(part.dataset.fragment, [...(groups.get(part.dataset.fragment) ?? []), id]);
  }
  const changed = await Promise.all([...groups].map(([address, group]) => refetch(address, group)));
  if (changed.includes(true)) say(document.body.dataset.changed);
}

async function refetch(address, ids) {
  let text;
  try {
    const answer = await fetch(address, { headers: { "x-noste-script": "live" } });
    if (!answer.ok) return false;
    text = await answer.text();
  } catch {
    return false;
  }
  const page = new DOMParser().parseFromString(text, "text/html");
  return ids.map((id) => replace(id, page)).includes(true);
}

function replace(id, page) {
  const fresh = page.getElementById(id);
  const now = document.getElementById(id);
  if (!fresh || !now || isWriting(now) || shape(fresh) === shape(now)) return false;
  const focus = focusIn(now);
  now.replaceChildren(...fresh.childNodes);
  restore(now, focus);
  return true;
}

// What is read: each page has form tokens of its own, which are no change.
function shape(part) {
  return part.innerHTML.replace(/name="_token" value="[^"]*"/g, "");
}

function isWriting(part) {
  const active = document.activeElement;
  return part.contains(active) && active.matches("textarea, select, input:not([type=radio], [type=checkbox], [type=submit])");
}

// How to find the focused element again: by id, else by address, else by name and value.
function focusIn(part) {
  const active = document.activeElement;
  if (!part.contains(active)) return null;
  if (active.id) return `#${CSS.escape(active.id)}`;
  const quoted = (name) => `[${name}="${CSS.escape(active.getAttribute(name))}"]`;
  if (active.hasAttribute("href")) return `a${quoted("href")}`;
  if (active.hasAttribute("value") && active.name) return `${quoted("name")}${quoted("value")}`;
  return null;
}

function restore(part, selector) {
  if (selector === null) return;
  const again = part.querySelector(selector) ?? part.querySelector("[data-row-link]");
  again?.focus({ preventScroll: true });
}
