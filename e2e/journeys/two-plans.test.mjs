// A client has one plan: a plan that somebody else keeps is known of, and two plans of one person, met when two records
// became one, are told of until one of them ends.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch, open, viewName } from '../lib/browser.mjs';
import { startNoste } from '../lib/house.mjs';
import { AINO, artificialCode, confirm, enter, fill, inDays, press, refused, says, text } from '../lib/people.mjs';
import { words } from '../lib/words.mjs';

const OLLI = 'Olli Ranta';
let browser, house;
before(async () => {
  [browser, house] = await Promise.all([launch(), startNoste({ args: ['--no-limits'] })]);
});
after(async () => {
  await browser?.close();
  await house?.close();
});

const save = (page, name) => press(page.locator('main'), name);
const path = (page) => new URL(page.url()).pathname;

/** Writes a client down; gives the address of her page. */
async function add(visit, t, fields) {
  const { page } = visit;
  await visit.goto('/clients/new');
  await fill(page, fields);
  await save(page, t('client-new-save'));
  // The house asks whether she is here already: that is how two records of one person come to be.
  const created = page.getByText(t('client-done-created'));
  const asked = page.locator('input[name="not_same"]');
  await created.or(asked).first().waitFor();
  if ((await asked.count()) > 0) {
    await asked.check();
    await save(page, t('client-new-save'));
    await created.waitFor();
  }
  return path(page);
}

/** A plan in force in a matter of a client; gives the address of the plan. */
async function planned(visit, t, client, goal) {
  const { page } = visit;
  await visit.goto(`${client}/matters/new`);
  await fill(page, { name: 'social_work', reasons: 'Vuokra on rästissä' });
  await save(page, t('matter-new-save'));
  await page.waitForURL(/\/matters\/[0-9a-f-]{36}/);
  await visit.goto(`${path(page)}/plans/new`);
  await save(page, t('plan-new-save'));
  await page.getByText(t('plan-done-begun')).waitFor();
  const plan = path(page);
  await visit.goto(`${plan}/goals/new`);
  await fill(page, { words: goal, 'what-1': 'Soitetaan', 'due-1': inDays(5) });
  await save(page, t('plan-goal-new-save'));
  await page.getByText(t('plan-done-goal-new')).waitFor();
  await visit.goto(`${plan}/finish`);
  await fill(page, { with: 'yes', review_on: inDays(90) });
  await save(page, t('plan-finish-save'));
  await page.getByText(t('plan-done-finish')).waitFor();
  return plan;
}

let round = 0;
const somebody = (given, family) => {
  round += 1;
  return { given, family: `${family}${'xabcdefgh'[round]}`, code: artificialCode(round, 940 + round) };
};

for (const view of [{ width: 1280 }, { width: 390 }, { width: 390, script: false, language: 'sv' }, { width: 1280, language: 'en' }]) {
  test(`a plan that somebody else keeps, ${viewName(view)}`, async () => {
    const t = words(view.language ?? 'fi');
    const visit = await open(browser, house, view);
    const { page } = visit;
    await enter(visit, AINO);
    const client = await add(visit, t, { has_code: 'yes', ...somebody('Seija', 'Muualla') });
    const plan = await planned(visit, t, client, 'Haluan pitää kotini');
    await press(page, t('plan-elsewhere-open'));
    await page.waitForURL(/\/elsewhere$/);
    await fill(page, { known_on: '' });
    await save(page, t('plan-elsewhere-save'));
    await refused(visit, ['keeper', 'what', 'told_by', 'known_on']);
    await visit.check('plan-elsewhere-refused');
    await fill(page, { keeper: 'Vammaispalvelut', what: 'Henkilökohtainen apu kahdesti viikossa', told_by: 'Asiakas', known_on: inDays(-2) });
    await visit.check('plan-elsewhere');
    await save(page, t('plan-elsewhere-save'));
    await page.getByText(t('plan-done-elsewhere')).waitFor();
    await says(page, 'Vammaispalvelut', 'Henkilökohtainen apu kahdesti viikossa');
    await visit.check('plan-elsewhere-known');
    // It has ended, and is open no more.
    await save(page, t('plan-elsewhere-end'));
    await page.getByRole('button', { name: t('plan-elsewhere-end') }).waitFor({ state: 'detached' });
    assert.equal(path(page), plan);
    await visit.close();
  });

  test(`two plans of one person after two records became one, ${viewName(view)}`, async () => {
    const t = words(view.language ?? 'fi');
    const visit = await open(browser, house, view);
    const { page } = visit;
    await enter(visit, AINO);
    const person = somebody('Helmi', 'Kaksoiskortti');
    const kept = await add(visit, t, { has_code: 'yes', ...person });
    const first = await planned(visit, t, kept, 'Haluan pitää kotini');
    const other = await add(visit, t, { has_code: 'no', given: 'Helmi', family: `${person.family}t`, birth: '1.3.1969' });
    const temporary = (await text(page)).match(/1\.2\.246\.[\d.]+\d/)?.[0];
    const second = await planned(visit, t, other, 'Haluan töihin');
    await visit.goto(`${kept}/merge`);
    await fill(page, { other: temporary, reason: 'Sama ihminen.' });
    await save(page, t('merges-ask'));
    await page.getByText(t('client-done-merge-asked')).waitFor();
    const steward = await open(browser, house, view);
    await enter(steward, OLLI);
    await steward.goto('/clients/merges');
    await press(steward.page, t('merges-take'));
    await steward.page.waitForURL(/merges\/[0-9a-f-]{36}/);
    await press(steward.page, t('merges-approve'));
    await confirm(steward);
    await steward.page.getByText(t('client-done-merged')).waitFor();
    await steward.close();

    // Each tells of the other, with the way there, until the client and the worker have agreed which goes on.
    for (const [plan, another] of [[first, second], [second, first]]) {
      await visit.goto(plan);
      await says(page, t('plan-twice'));
      assert.equal(await page.locator(`main .n-notice a[href="${another}"]`).count(), 1);
      await visit.check('plan-twice');
    }
    await visit.goto(`${second}/end`);
    await fill(page, { reason: 'replaced' });
    await visit.check('plan-twice-end');
    await save(page, t('plan-end-save'));
    await page.getByText(t('plan-done-end')).waitFor();
    await visit.goto(first);
    assert.ok(!(await text(page)).includes(t('plan-twice')), 'one plan is left');
    await visit.close();
  });
}
