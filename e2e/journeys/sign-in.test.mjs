// A worker's own account: the first time with an invitation, then password and code, a passkey of Chromium's virtual
// authenticator, sessions ended, and a form that was typed over a session that ended.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { createHmac } from 'node:crypto';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { fileURLToPath } from 'node:url';
import { launch, open, viewName } from '../lib/browser.mjs';
import { startNoste } from '../lib/house.mjs';
import { DRAFT_AFTER_END, fill, JAANA, press, refused, save, says, VILLE, writeDown } from '../lib/people.mjs';
import { words } from '../lib/words.mjs';

const t = words('fi');
const BIN = process.env.NOSTE_BIN ?? path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../target/debug/noste');
const PASSWORD = 'kolme harmaata kissaa';
const PEOPLE = [
  { view: { width: 1280 }, name: JAANA, login: 'jaana.peltola' },
  { view: { width: 390 }, name: VILLE, login: 'ville.aho' },
];

let browser, house;
before(async () => {
  [browser, house] = await Promise.all([launch(), startNoste({ args: ['--no-limits'] })]);
  // The county's IT invites on the command line, while the server stands still.
  await house.stop();
  for (const person of PEOPLE) {
    const args = ['account', 'invite', person.login, '--name', person.name, '--data', house.data];
    const { stdout } = await promisify(execFile)(BIN, args);
    person.invitation = stdout.trim();
    assert.match(person.invitation, /^([0-9a-z]{4}-){4}[0-9a-z]{4}$/);
  }
  await house.restart();
});
after(async () => {
  await browser?.close();
  await house?.close();
});

/** The code that an app with this secret (base32) shows, `later` steps from now. */
function code(secret, later = 0) {
  const bits = [...secret.replaceAll(' ', '')].map((letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => Number.parseInt(byte, 2)));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + later));
  const hash = createHmac('sha1', key).update(step).digest();
  const number = hash.readUInt32BE(hash[19] & 15) & 0x7fffffff;
  return String(number % 1_000_000).padStart(6, '0');
}

/** A security key inside Chromium that always finds its person. */
async function authenticator(visit) {
  const cdp = await visit.page.context().newCDPSession(visit.page);
  await cdp.send('WebAuthn.enable');
  const options = { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true };
  await cdp.send('WebAuthn.addVirtualAuthenticator', { options });
}

async function signIn(page, login, typed) {
  await page.goto('/sign-in');
  await fill(page, { login, password: PASSWORD });
  await press(page, t('signin-go'));
  await page.waitForURL(/\/sign-in\/code/);
  await fill(page, { code: typed });
  await press(page, t('signin-code-go'));
  await page.waitForURL(/\/desk/);
}

async function signOut(page) {
  await press(page, t('nav-sign-out'));
  await page.waitForURL((url) => url.pathname === '/');
}

for (const person of PEOPLE) {
  test(`the first sign-in, ${viewName(person.view)}`, async () => {
    const visit = await open(browser, house, person.view);
    const { page } = visit;
    await visit.goto('/sign-in');
    await visit.check('signin');
    await fill(page, { login: 'ei.ketaan', password: 'jokin väärä salasana' });
    await press(page, t('signin-go'));
    await says(page, t('signin-wrong'));
    await visit.check('signin-wrong');
    await press(page, t('signin-first-link'));
    await visit.check('signin-first');
    await fill(page, { invitation: person.invitation, password: 'lyhyt', again: 'lyhyt' });
    await press(page, t('signin-first-go'));
    await refused(visit, ['password']);
    await visit.check('signin-first-wrong');
    await fill(page, { password: PASSWORD, again: PASSWORD });
    await press(page, t('signin-first-go'));
    await page.waitForURL(/\/sign-in\/first\/code/);
    await visit.check('signin-app');
    person.secret = await page.locator('.n-secret').innerText();
    const used = code(person.secret);
    await fill(page, { code: used });
    await press(page, t('signin-app-go'));
    await page.getByRole('heading', { name: t('signin-recovery-title') }).waitFor();
    await visit.check('signin-recovery');
    person.recovery = await page.locator('.n-codes li').allInnerTexts();
    assert.equal(person.recovery.length, 10);
    await press(page, t('signin-recovery-go'));
    await page.waitForURL(/\/desk/);

    // Out, and in with password and the app's next code.
    await signOut(page);
    await page.goto('/sign-in');
    await fill(page, { login: person.login, password: PASSWORD });
    await press(page, t('signin-go'));
    await page.waitForURL(/\/sign-in\/code/);
    await visit.check('signin-code');
    await fill(page, { code: used });
    await press(page, t('signin-code-go'));
    await refused(visit, ['code']);
    await fill(page, { code: code(person.secret, 1) });
    await press(page, t('signin-code-go'));
    await page.waitForURL(/\/desk/);
    await visit.close();
  });

  test(`a passkey is added and signs in, other sessions are ended, ${viewName(person.view)}`, async () => {
    const visit = await open(browser, house, { ...person.view, allow: [DRAFT_AFTER_END] });
    const { page } = visit;
    await authenticator(visit);
    await signIn(page, person.login, person.recovery[0]);
    await visit.goto('/account');
    await visit.check('account');
    await fill(page, { name: 'työpuhelin' });
    await press(page, t('account-passkey-add'));
    await page.locator('.n-keyrow', { hasText: 'työpuhelin' }).waitFor();
    await visit.check('account-passkey');
    await signOut(page);
    await visit.goto('/sign-in');
    await press(page, t('signin-passkey'));
    await page.waitForURL(/\/desk/);

    // A second browser, without script, with a recovery code; ended from the first.
    const other = await open(browser, house, { width: 390, script: false });
    await signIn(other.page, person.login, person.recovery[1]);
    await other.goto('/account');
    await other.check('account-elsewhere');
    await visit.goto('/account');
    await press(page, t('account-end-others'));
    await page.waitForURL(/\/account/);
    await other.goto('/desk');
    assert.ok(!other.page.url().includes('/desk'), 'ended at once');
    await other.close();

    // What asks again who is there is answered with the key.
    await visit.goto('/sign-in/confirm?next=/account');
    await visit.check('signin-confirm');
    await press(page, t('signin-confirm-passkey'));
    // The address that asks names the one that follows, so a part of it would be there already.
    await page.waitForURL((url) => url.pathname === '/account');

    // A form over a session that ended: only after signing in it is there again, and goes by one press.
    const id = await writeDown(visit, { own_words: 'Kirjautumisen koe.', urgency: 'none' });
    await visit.goto(`/contacts/${id}/note`);
    const text = 'Pitkä kirjaus, jota ei kirjoiteta toista kertaa.';
    await fill(page, { body: text });
    const tab = await page.context().newPage();
    await tab.goto('/account');
    await signOut(tab);
    await tab.close();
    await save(page);
    await page.getByRole('heading', { name: t('public-resend-signed-out') }).waitFor();
    assert.ok(!(await page.content()).includes(text));
    await visit.check('form-waits');
    await visit.goto('/sign-in');
    await press(page, t('signin-passkey'));
    await page.waitForURL(/\/sign-in\/held\//);
    await says(page, text);
    await visit.check('form-back');
    await press(page, t('public-resend-again'));
    await page.getByText(t('done-noted')).waitFor();
    await says(page, text);
    await visit.goto('/account/password');
    await visit.check('account-password');
    await visit.close();
  });
}
