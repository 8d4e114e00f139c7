// Who has seen what: one's own log, a client's request for hers, the rights in words, and the review of exceptional access.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch, open, viewName } from '../lib/browser.mjs';
import { startNoste } from '../lib/house.mjs';
import { AINO, enter, fill, HANNA, JAANA, press, refused, says, text } from '../lib/people.mjs';
import { words } from '../lib/words.mjs';

/** The data protection officer of the demo. */
const SIRPA = 'Sirpa Kivelä';
/** A planted client of Aino Salmela. */
const MIKAEL = { name: 'Mikael Rautio', code: '010594Y9032' };

const t = words('fi');
let browser, house;
before(async () => {
  [browser, house] = await Promise.all([launch(), startNoste({ args: ['--no-limits'] })]);
});
after(async () => {
  await browser?.close();
  await house?.close();
});

/** Today as people write it. */
function today() {
  const [year, month, day] = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Helsinki' }).format(new Date()).split('-');
  return `${Number(day)}.${Number(month)}.${year}`;
}

for (const view of [{ width: 1280 }, { width: 390 }, { width: 390, script: false }]) {
  test(`a client's request for her own log, ${viewName(view)}`, async () => {
    const visit = await open(browser, house, view);
    const { page } = visit;
    await enter(visit, SIRPA);
    await visit.goto('/oversight/requests');
    await visit.check('log-requests');

    // A code with a slip is told at its field, and nothing typed is lost.
    await fill(page, { code: '010594Y9039', asked_on: '31.2.2026' });
    await press(page, t('log-request-save'));
    await refused(visit, ['code', 'asked_on']);
    await visit.check('log-requests-refused');
    await fill(page, { code: MIKAEL.code, asked_on: today() });
    await press(page, t('log-request-save'));
    await page.waitForURL(/\/oversight\/requests\/[0-9a-f-]{36}/);
    await says(page, MIKAEL.name, t('log-request-state-open'));
    await visit.check('log-request');

    // The answer for paper names who has used the data, for what, and by what right.
    const request = page.url();
    await press(page, t('client-log-print'));
    await page.waitForURL(/\/log\/print/);
    await says(page, MIKAEL.name, AINO, t('client-log-print-lead'));
    await visit.check('client-log-print');
    await visit.goto(request);
    await press(page, t('log-request-answered'));
    await page.getByText(t('log-request-closed')).waitFor();
    await visit.check('log-requests-done');

    // With the request the right to the client's log ends.
    await visit.goto(request);
    await says(page, t('log-request-state-answered'));
    await visit.close();
  });
}

for (const view of [{ width: 1280 }, { width: 390 }]) {
  test(`one's own log, somebody else's, and the rights in words, ${viewName(view)}`, async () => {
    const worker = await open(browser, house, view);
    await enter(worker, AINO);
    await worker.goto('/clients');
    await worker.goto('/oversight/own');
    await says(worker.page, t('own-log-lead'));
    await worker.check('own-log');
    await worker.goto('/oversight/users');
    await says(worker.page, t('public-failure-not-found'));
    await worker.close();

    const visit = await open(browser, house, view);
    const { page } = visit;
    await enter(visit, SIRPA);
    await visit.goto('/oversight/users');
    await visit.check('users');
    await page.getByRole('link', { name: AINO }).first().click();
    await page.waitForURL(/\/oversight\/users\/[0-9a-f-]{36}/);
    const told = await text(page);
    assert.ok(!told.includes(MIKAEL.name), 'a mark stands for the client');
    await visit.check('user-log');
    await fill(page, { from: 'eilen' });
    await press(page, t('log-show'));
    await page.locator('#error-summary').waitFor();
    await visit.check('user-log-refused');

    // A table is taken out only for a stated reason.
    await visit.goto('/oversight/users');
    await page.getByRole('link', { name: AINO }).first().click();
    await page.waitForURL(/\/oversight\/users\/[0-9a-f-]{36}/);
    await press(page, t('log-table-save'));
    await refused(visit, ['why']);
    await visit.check('user-log-table-refused');

    await visit.goto('/oversight/rights?role=dpo');
    await says(page, 'DP-01', t('rights-lead'));
    assert.ok(!(await text(page)).includes('design'), 'the basis is in the language of the page');
    await visit.check('rights');
    await visit.close();
  });

  test(`exceptional access is reviewed by the lead, ${viewName(view)}`, async () => {
    const opener = await open(browser, house, view);
    await enter(opener, JAANA);
    await opener.goto('/clients/search');
    const section = opener.page.locator('section:has(> .n-section__head > #by-code)');
    await section.locator('[name=code]').fill(MIKAEL.code);
    await press(section, t('search-go'));
    const door = opener.page.getByRole('button', { name: t('search-none-exceptional') }).or(opener.page.getByRole('link', { name: t('search-none-exceptional') }));
    // In the second view the access of the first is still open.
    if (await door.count()) {
      await door.first().click();
      await fill(opener.page, { code: 'present', reason: 'Asiakas on tiskillä ja pyytää apua heti.' });
      await press(opener.page, t('exceptional-open'));
      await opener.page.waitForURL(/\/clients\/[0-9a-f-]{36}$/);
    }
    await opener.close();

    // The own worker is told on her desk, and says that she saw it.
    const own = await open(browser, house, view);
    await enter(own, AINO);
    await own.goto('/desk');
    if (view.width === 1280) {
      await says(own.page, t('told-title'), JAANA, MIKAEL.name, 'Asiakas on tiskillä');
      await own.check('desk-told');
      await own.page.locator('form[action^="/notices/"] button').first().click();
      await own.page.getByText(t('desk-done-notice')).waitFor();
    }
    await own.check('desk-told-done');
    await own.close();

    const visit = await open(browser, house, view);
    const { page } = visit;
    await enter(visit, HANNA);
    if (view.width === 1280) {
      await visit.goto('/unit');
      await says(page, t('told-title'), JAANA, t('told-review'));
      await visit.check('unit-told');
    }
    await visit.goto('/oversight/exceptional');
    await visit.check('reviews');
    if (view.width === 1280) {
      await says(page, MIKAEL.name, JAANA, 'Asiakas on tiskillä');
      await press(page, t('review-save'));
      await page.locator('#error-summary').waitFor();
      await visit.check('reviews-refused');
      await page.locator('select[name=outcome]').first().selectOption('justified');
      await press(page, t('review-save'));
      await page.getByText(t('reviews-done')).waitFor();
    }
    await says(page, t('review-outcome-justified'));
    await visit.check('reviews-done');
    await visit.close();
  });
}

for (const view of [{ width: 1280 }, { width: 390 }, { width: 390, script: false }]) {
  test(`a watched person's searches come up for a look, ${viewName(view)}`, async () => {
    const officer = await open(browser, house, view);
    await enter(officer, SIRPA);
    await officer.goto('/oversight/watched');
    await officer.check('watched-empty');
    await fill(officer.page, { code: '010594Y9039', reason: '', ends_on: '1.1.2020' });
    await press(officer.page, t('watched-add'));
    await refused(officer, ['code', 'reason', 'ends_on']);
    await officer.check('watched-refused');
    const why = `Uutinen ${viewName(view)}`;
    await fill(officer.page, { code: MIKAEL.code, reason: why, ends_on: today() });
    await press(officer.page, t('watched-add'));
    await officer.page.waitForURL(/done=added/);
    await says(officer.page, t('watched-done-added'), why);
    const told = await text(officer.page);
    assert.ok(!told.includes(MIKAEL.name) && !told.includes(MIKAEL.code), 'the list tells nobody apart');
    await officer.check('watched');

    const worker = await open(browser, house, view);
    await enter(worker, JAANA);
    await worker.goto('/clients/search');
    const section = worker.page.locator('section:has(> .n-section__head > #by-code)');
    await section.locator('[name=code]').fill(MIKAEL.code);
    await press(section, t('search-go'));
    await worker.page.waitForLoadState();
    await worker.page.getByText(t('search-none-exceptional')).or(worker.page.locator('h1')).first().waitFor();
    await worker.close();

    await officer.goto('/oversight/exceptional');
    await says(officer.page, t('watch-rule-watched'));
    await officer.check('watched-hit');
    await officer.goto('/oversight/watched');
    await press(officer.page.locator('li', { hasText: why }), t('watched-end'));
    await officer.page.waitForURL(/done=ended/);
    await says(officer.page, t('watched-done-ended'));
    await officer.close();
  });
}
