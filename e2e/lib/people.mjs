// What people do on the way, step by step: each function is one thing that a person would say they did.
import assert from 'node:assert/strict';
import { words } from './words.mjs';

/** The demo's identities. */
export const JAANA = 'Jaana Peltola'; // front-door counsellor, on duty in the advice unit
export const MILLA = 'Milla Heino'; // professional at the health and social centre
export const VILLE = 'Ville Aho'; // social counsellor
export const AINO = 'Aino Salmela'; // social worker in public office
export const HANNA = 'Hanna Rantanen'; // lead of the advice unit and of Jyväskylä

/** A page keeps its draft by itself every few seconds, and is told so when the session has ended meanwhile. */
export const DRAFT_AFTER_END = /answer 401: POST .*\/drafts$/;

/** Somebody in the fields of a form: `{ name: text }`. Radios and checkboxes by their value, selects by value or label. */
export async function fill(page, fields) {
  for (const [name, value] of Object.entries(fields)) {
    const choice = page.locator(`input:is([type=radio],[type=checkbox])[name="${name}"][value="${value}"]`);
    if (typeof value === 'string' && (await choice.count()) > 0) {
      await choice.check();
      continue;
    }
    const field = page.locator(`[name="${name}"]:not([type=hidden])`).first();
    if (value === true) await field.check();
    else if (value instanceof RegExp) {
      const label = await field.locator('option').filter({ hasText: value }).first().textContent();
      await field.selectOption({ label });
    } else if ((await field.evaluate((one) => one.tagName)) === 'SELECT') await field.selectOption(value);
    else await field.fill(value);
  }
}

/** Enters as one of the demo's identities. */
export async function enter(visit, name) {
  await visit.goto('/');
  await visit.page.getByRole('button', { name: new RegExp(name) }).click();
  await visit.page.waitForURL(/\/(desk|contacts|unit|flow|admin|oversight|clients|account|observations|phenomena|publications)(\/|\?|$)/);
}

/** Presses a button or a link by its name as people see it; what screen readers hear after a colon may follow. */
export async function press(where, name) {
  const exact = new RegExp(`^${name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?=$|\\s*:|\\s+[A-Z]$)`);
  await where.getByRole('button', { name: exact }).or(where.getByRole('link', { name: exact })).first().click();
}

/** The text of the main part, spaces as a reader sees them. */
export async function text(page, selector = 'main') {
  return (await page.locator(selector).first().innerText()).replace(/\s+/g, ' ');
}

/** How long somebody waits for words before the page is said not to have them, in milliseconds. */
const PATIENCE = 30_000;

/** The page says all of this. What was pressed a moment ago may still be on its way: then it is waited for. */
export async function says(page, ...parts) {
  const until = Date.now() + PATIENCE;
  for (;;) {
    const all = (await text(page)).toLowerCase();
    const missing = parts.find((part) => !all.includes(part.replace(/\s+/g, ' ').toLowerCase()));
    if (missing === undefined) return;
    assert.ok(Date.now() < until, `${page.url()} does not say "${missing}":\n${all.slice(0, 1500)}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** A day so many days from now in Finland, as it is written. */
export function inDays(days) {
  return new Intl.DateTimeFormat('fi-FI', { timeZone: 'Europe/Helsinki' }).format(Date.now() + days * 86_400_000);
}

/** A code of the artificial range (individual numbers 900-999 belong to nobody): born on that day of April 1971. */
export function artificialCode(day, number) {
  const digits = `${String(day).padStart(2, '0')}0471`;
  return `${digits}-${number}${'0123456789ABCDEFHJKLMNPRSTUVWXY'[Number(`${digits}${number}`) % 31]}`;
}

/** A form that is sent within two seconds is asked to be sent once more, as a program's would be: people are slower. */
export async function unhurried(opened) {
  const left = opened + 2_200 - Date.now();
  if (left > 0) await new Promise((resolve) => setTimeout(resolve, left));
}

/** Fills and sends the public form and gives the receipt code. `look` sees the form before it is sent. */
export async function contact(visit, fields, { language = visit.view.language, look = async () => {} } = {}) {
  const { page } = visit;
  await visit.goto(`/${language}/yhteydenotto`);
  const opened = Date.now();
  await fill(page, fields);
  await look();
  await unhurried(opened);
  await press(page, words(language)('public-contact-send'));
  return receipt(page);
}

/** The receipt code on the page that thanks. */
export async function receipt(page) {
  await page.waitForURL(/lahetetty|yhteydenotto|ilmoitus/);
  const code = (await page.locator('#receipt-code').innerText()).trim();
  assert.match(code, /^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}$/);
  return code;
}

/** Opens the sender's page with the code, as on another device. */
export async function look(visit, code, language = visit.view.language) {
  await visit.page.context().clearCookies();
  await visit.goto(`/${language}/tunnus`);
  await fill(visit.page, { code });
  await press(visit.page, words(language)('public-code-open'));
  await visit.page.waitForURL(/\/tunnus\/tila/);
}

/** The row of the queue or a list whose link has this title. */
export function row(page, title) {
  return page.locator('tr, li').filter({ has: page.locator('[data-row-link]', { hasText: title }) });
}

/** The id of the contact whose page is open. */
export function contactId(page) {
  const found = /\/contacts\/([0-9a-f-]{36})/.exec(page.url());
  assert.ok(found, `no contact in ${page.url()}`);
  return found[1];
}

/** A worker writes a contact down; gives its id. */
export async function writeDown(visit, fields, { language = visit.view.language } = {}) {
  await visit.goto('/contacts/new');
  await fill(visit.page, { urgency: 'week', ...fields });
  await press(visit.page, words(language)('new-save'));
  await visit.page.waitForURL(/\/contacts\/[0-9a-f-]{36}/);
  return contactId(visit.page);
}

/** Proves again who one is, where the house asks it, and sends the form that waited meanwhile. */
export async function confirm(visit, { language = visit.view.language } = {}) {
  const own = words(language);
  await visit.page.waitForURL(/\/sign-in\/confirm/);
  await press(visit.page, own('signin-confirm-go'));
  await visit.page.waitForURL(/\/sign-in\/held\//);
  await press(visit.page, own('public-resend-again'));
}

/** Sends the form on the page with Ctrl+Enter-less pressing of its own filled button. */
export async function save(page) {
  await page.locator('main form:has(textarea, select, input:not([type=hidden])) button[type=submit]:not([data-variant])').last().click();
}

/** Sees that the form came back: summary with the focus, a message at each field, and the summary leads to the field. */
export async function refused(visit, fields) {
  const { page } = visit;
  const summary = page.locator('#error-summary');
  await summary.waitFor();
  if (visit.view.script) {
    // The summary is on the page before the script that gives it the focus has run.
    await page.waitForFunction(() => document.activeElement?.id === 'error-summary');
  }
  for (const name of fields) {
    const link = summary.locator(`a[href="#f-${name}"]`);
    assert.equal(await link.count(), 1, `the summary of ${page.url()} leads to ${name}: ${await summary.innerText()}`);
    const field = page.locator(`#f-${name}`);
    assert.equal(await field.getAttribute('aria-invalid'), 'true', `${name} is marked`);
    const message = page.locator(`#f-${name}-error`);
    assert.equal((await message.innerText()).trim(), (await link.innerText()).trim(), 'the same words at the field');
    const described = `${await field.getAttribute('aria-describedby')} ${await field.evaluate((one) => one.closest('fieldset')?.getAttribute('aria-describedby'))}`;
    assert.ok(described.includes(`f-${name}-error`), `${name} is described by its message`);
  }
  const marked = await page.locator('[aria-invalid=true]').evaluateAll((all) => [...new Set(all.map((one) => one.name))]);
  assert.deepEqual(marked.sort(), [...fields].sort(), 'nothing else is marked');
}

/** A contact from another system, through the interface for programs; gives the receipt code. */
export async function api(house, contact) {
  const answer = await fetch(`${house.origin}/api/v1/contacts`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(contact),
  });
  assert.equal(answer.status, 201, await answer.clone().text());
  return (await answer.json()).receiptCode;
}
