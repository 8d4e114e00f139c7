// Those who keep the house: people, tasks by two, an end, a leaver's contacts, tokens, own bars. No client is seen.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch, open } from '../lib/browser.mjs';
import { startNoste } from '../lib/house.mjs';
import { AINO, confirm, enter, fill, HANNA, inDays, press, refused, says, text, VILLE } from '../lib/people.mjs';
import { words } from '../lib/words.mjs';

const t = words('fi');
const TUULA = 'Tuula Niemelä'; // administrator
const PEKKA = 'Pekka Lund'; // the second administrator
const SIRPA = 'Sirpa Kivelä'; // data protection officer
const PAGES = ['/admin/people', '/admin/people/new', '/admin/units', '/admin/delegations', '/admin/tokens', '/own/bars'];

let browser, house;
before(async () => {
  [browser, house] = await Promise.all([launch(), startNoste({ args: ['--no-limits'] })]);
});
after(async () => {
  await browser?.close();
  await house?.close();
});

/** Opens the page of somebody from the list, as people do. */
async function person(visit, name) {
  await visit.goto('/admin/people');
  await visit.page.locator('[data-row-link]', { hasText: name }).first().click();
  await visit.page.waitForURL(/\/admin\/people\/[0-9a-f-]{36}/);
}

async function unfold(visit, key) {
  await visit.page.locator('summary', { hasText: t(key) }).click();
}

const form = (visit, end) => visit.page.locator(`form[action^="/admin/people/"][action$="${end}"]`);

test('every page of administration, in every width and language', async () => {
  for (const view of [{ width: 1280 }, { width: 390 }, { width: 390, script: false }, { width: 1280, language: 'sv' }, { width: 390, language: 'en' }]) {
    const visit = await open(browser, house, view);
    await enter(visit, TUULA);
    for (const path of PAGES) {
      await visit.goto(path);
      await visit.check(`administration${path.replaceAll('/', '-')}`);
    }
    await person(visit, AINO);
    await visit.check('administration-person');
    for (const summary of await visit.page.locator('main summary').all()) await summary.click();
    await visit.check('administration-person-open');
    await visit.goto('/admin/units');
    await visit.page.locator('[data-row-link]').first().click();
    await visit.check('administration-unit');
    await visit.close();
  }
});

test('administrators see no client anywhere', async () => {
  const visit = await open(browser, house, { width: 1280 });
  await enter(visit, TUULA);
  for (const path of ['/contacts', '/unit', '/clients', '/matters', '/advice']) {
    const answer = await visit.page.request.get(`${house.origin}${path}`, { failOnStatusCode: false });
    assert.equal(answer.status(), 404, path);
  }
  await visit.close();
});

test('a task is asked by one and approved by another', async () => {
  const asking = await open(browser, house, { width: 390 });
  await enter(asking, HANNA);
  await person(asking, VILLE);
  await unfold(asking, 'admin-task-ask');
  await form(asking, '/tasks').getByRole('button').click();
  await asking.page.locator('#error-summary').waitFor();
  await asking.check('administration-task-refused');
  await fill(asking.page, { task: 'tutor', service: 'working_age', task_from: '1.1.2026', task_until: '31.12.2027' });
  await form(asking, '/tasks').getByRole('button').click();
  await says(asking.page, t('admin-done-asked'), t('admin-request-other'));
  await asking.check('administration-task-asked');
  await asking.close();

  const approving = await open(browser, house, { width: 1280 });
  await enter(approving, PEKKA);
  await approving.goto('/admin/people?tab=waiting');
  await approving.page.locator('[data-row-link]', { hasText: VILLE }).click();
  await approving.check('administration-task-to-approve');
  await press(approving.page, t('admin-approve'));
  await says(approving.page, t('admin-done-approved'), t('task-name-tutor'));
  await approving.close();
});

test('an end closes the session, and the lead gives on what was held', async () => {
  const leaving = await open(browser, house, { width: 1280 });
  await enter(leaving, AINO);

  const ending = await open(browser, house, { width: 1280 });
  await enter(ending, TUULA);
  await person(ending, AINO);
  const held = await text(ending.page, 'section[aria-labelledby="held"]');
  await unfold(ending, 'admin-end');
  const now = new Date(Date.now() - 60_000);
  const finland = new Intl.DateTimeFormat('fi-FI', { timeZone: 'Europe/Helsinki', day: 'numeric', month: 'numeric', year: 'numeric', hour: 'numeric', minute: '2-digit', hour12: false });
  const part = Object.fromEntries(finland.formatToParts(now).map(({ type, value }) => [type, value]));
  await fill(ending.page, { end_day: `${part.day}.${part.month}.${part.year}`, end_clock: `${part.hour}.${part.minute}` });
  await form(ending, '/end').getByRole('button').click();
  await says(ending.page, t('admin-done-ended'), t('admin-today-nothing'));
  await ending.check('administration-ended');
  await ending.close();

  await leaving.page.goto(`${house.origin}/own/bars`);
  assert.ok(!leaving.page.url().endsWith('/own/bars'), 'the session has ended');
  await leaving.close();

  assert.match(held, /\d/, `something was held:\n${held}`);
  const giving = await open(browser, house, { width: 390 });
  await enter(giving, HANNA);
  await giving.goto('/admin/people?tab=left');
  if ((await giving.page.locator('[data-row-link]', { hasText: AINO }).count()) === 0) await giving.goto('/admin/people');
  await giving.page.locator('[data-row-link]', { hasText: AINO }).first().click();
  await unfold(giving, 'admin-transfer');
  await form(giving, '/transfer').getByRole('button').click();
  await refused(giving, ['receiver', 'reason']);
  await giving.check('administration-leaver', { full: true });
  await giving.page.setViewportSize({ width: 1280, height: 900 });
  await giving.axe();
  await giving.sideways();
  await fill(giving.page, { receiver: new RegExp(VILLE), reason: 'Palvelussuhde päättyi.' });
  await form(giving, '/transfer').getByRole('button').click();
  await says(giving.page, t('admin-done-moved'));
  await giving.check('administration-moved');
  await giving.close();

  const receiving = await open(browser, house, { width: 1280 });
  await enter(receiving, VILLE);
  await says(receiving.page, 'Palvelussuhde päättyi.');
  await receiving.close();
});

test('a unit is founded, gets another lead, and closes when nothing stands open in it', async () => {
  for (const width of [1280, 390]) {
    const visit = await open(browser, house, { width });
    const { page } = visit;
    const name = `Saarijärven ohjaus ${width}`;
    await enter(visit, TUULA);
    await visit.goto('/admin/units');
    await press(page, t('unit-new-title'));
    await page.waitForURL(/units\/new/);
    await press(page, t('unit-new-save'));
    await page.locator('#error-summary').waitFor();
    await visit.check('administration-unit-refused');
    await fill(page, { name_fi: name, name_sv: 'Handledningen i Saarijärvi', name_en: 'Guidance in Saarijärvi', lead: new RegExp(HANNA) });
    await press(page, t('unit-new-save'));
    await page.waitForURL(/done=founded/);
    await says(page, name, t('admin-done-founded'), HANNA);
    await visit.check('administration-unit-founded');
    await press(page, t('unit-close-title'));
    await page.waitForURL(/\/close$/);
    await press(page, t('unit-close-save'));
    await page.locator('#error-summary').waitFor();
    await visit.check('administration-unit-close');
    await page.locator('#f-next').selectOption({ index: 1 });
    await press(page, t('unit-close-save'));
    await page.waitForURL(/done=unit-closed/);
    await page.locator('details.n-twin summary').click();
    await says(page, t('admin-done-unit-closed'), name);
    await visit.check('administration-units');
    // A unit where people work says what must be moved first.
    await page.locator('main table a').first().click();
    await press(page, t('unit-close-title'));
    await says(page, t('unit-close-first'));
    assert.equal(await page.locator('#f-next').count(), 0);
    await visit.check('administration-unit-hindered');
    await visit.close();
  }
});

test('a token is asked for, approved by another, and fetched by its owner', async () => {
  const making = await open(browser, house, { width: 1280 });
  await enter(making, TUULA);
  await making.goto('/admin/tokens');
  await fill(making.page, { name: 'Puhelinvaihde', owner: new RegExp(HANNA), until: inDays(90) });
  await making.page.locator('input[name="scopes"]').first().check();
  await press(making.page, t('token-create'));
  await confirm(making);
  await making.page.waitForURL(/done=asked/);
  await says(making.page, t('admin-done-asked'));
  await making.close();

  const approving = await open(browser, house, { width: 390 });
  await enter(approving, PEKKA);
  await approving.goto('/admin/tokens');
  await approving.check('administration-token-waits');
  await press(approving.page, t('admin-approve'));
  await confirm(approving);
  await approving.page.waitForURL(/done=approved/);
  await says(approving.page, t('admin-done-approved'), t('token-unfetched'));
  assert.equal(await approving.page.locator('.n-secret').count(), 0, 'no administrator sees it');
  await approving.close();

  const owning = await open(browser, house, { width: 390 });
  await enter(owning, HANNA);
  await owning.goto('/account');
  await owning.check('administration-token-to-fetch');
  await press(owning.page, t('account-tokens-fetch'));
  await confirm(owning);
  await owning.page.locator('.n-secret').waitFor();
  assert.match(await owning.page.locator('.n-secret').textContent(), /^noste_[0-9a-f]{64}$/);
  await owning.check('administration-token-fetched');
  await owning.goto('/account');
  assert.equal(await owning.page.locator('.n-secret').count(), 0);
  await owning.close();
});

test('a code for a first sign-in is asked by one, shown once to another, and the account is closed', async () => {
  const visit = await open(browser, house, { width: 390 });
  await enter(visit, TUULA);
  assert.ok(visit.page.url().endsWith('/admin/people'), 'the day begins where the rights lie');
  await person(visit, VILLE);
  await unfold(visit, 'admin-account-make');
  await form(visit, '/invitation').getByRole('button').click();
  await confirm(visit);
  await visit.page.locator('#error-summary').waitFor();
  await visit.check('administration-account-refused');
  await fill(visit.page, { login: 'ville.aho' });
  await form(visit, '/invitation').getByRole('button').click();
  await visit.page.waitForURL(/done=asked/);
  await says(visit.page, t('admin-done-asked'), 'ville.aho', t('admin-request-other'));
  assert.equal(await visit.page.locator('.n-secret').count(), 0, 'who asked sees no code');
  await visit.check('administration-account-asked');

  const told = await open(browser, house, { width: 390 });
  await enter(told, VILLE);
  await says(told.page, `${TUULA} pyysi sinulle uutta kutsukoodia`);
  await told.check('administration-told-desk');
  await told.goto('/account');
  await told.check('administration-told');
  await press(told.page, t('account-notices-seen'));
  await told.page.waitForLoadState();
  assert.equal(await told.page.locator('section[aria-labelledby="notices"]').count(), 0);
  await told.close();

  const approving = await open(browser, house, { width: 1280 });
  await enter(approving, PEKKA);
  await approving.goto('/admin/people?tab=waiting');
  await approving.page.locator('[data-row-link]', { hasText: VILLE }).click();
  await approving.check('administration-account-to-approve');
  await press(approving.page, t('admin-approve'));
  await confirm(approving);
  await approving.page.locator('.n-secret').waitFor();
  assert.match(await approving.page.locator('.n-secret').textContent(), /^([0-9a-z]{4}-){4}[0-9a-z]{4}$/);
  await says(approving.page, 'ville.aho', `${house.origin}/sign-in/first`, t('admin-account-state-invited'));
  assert.ok(!approving.page.url().includes('?'), 'nothing of the code is in the address');
  await approving.check('administration-account-code');
  await approving.close();

  await person(visit, VILLE);
  assert.equal(await visit.page.locator('.n-secret').count(), 0);
  await unfold(visit, 'admin-account-close');
  await form(visit, '/account/close').getByRole('button').click();
  await says(visit.page, t('admin-done-closed'), t('admin-account-state-closed'));
  await visit.check('administration-account-closed');
  await visit.close();
});

test('a relative is declared and never shown', async () => {
  const visit = await open(browser, house, { width: 390 });
  await enter(visit, VILLE);
  await visit.goto('/own/bars');
  await fill(visit.page, { identity_code: '131052-308X' });
  await press(visit.page, t('bars-declare'));
  await visit.page.locator('#error-summary').waitFor();
  await visit.check('administration-bars-refused');
  await fill(visit.page, { identity_code: '131052-308T' });
  await press(visit.page, t('bars-declare'));
  await says(visit.page, t('bars-done'));
  assert.ok(!(await visit.page.content()).includes('131052'));
  await visit.check('administration-bars-declared');
  // It ends only when the lead says so.
  await press(visit.page, t('bars-withdraw'));
  await says(visit.page, t('bars-done-withdrawn'), t('bars-ending'));
  await visit.check('administration-bars-ending');
  await press(visit.page, t('bars-confirm'));
  await says(visit.page, t('bars-done-confirmed'));
  await visit.close();
});

test('the data protection officer reads and changes nothing', async () => {
  const visit = await open(browser, house, { width: 1280 });
  await enter(visit, SIRPA);
  await person(visit, VILLE);
  assert.equal(await visit.page.locator('main form').count(), 0);
  await visit.check('administration-dpo');
  await visit.close();
});
