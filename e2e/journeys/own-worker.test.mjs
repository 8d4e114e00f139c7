// A client always has one name and one number: when the own worker leaves the lead sees it and names the next, who is told.
// And the end of a matter: was the client heard, and who asks later how it is going.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch, open, viewName } from '../lib/browser.mjs';
import { startNoste } from '../lib/house.mjs';
import { AINO, enter, fill, HANNA, press, refused, says, text, VILLE } from '../lib/people.mjs';
import { words } from '../lib/words.mjs';

const t = words('fi');
const TUULA = 'Tuula Niemelä';
const MESSAGE = 'Soita aamupäivällä, puhelin on kiinni iltapäivisin.';
let browser, house;
before(async () => {
  [browser, house] = await Promise.all([launch(), startNoste({ args: ['--no-limits'] })]);
});
after(async () => {
  await browser?.close();
  await house?.close();
});

const save = (page, name) => press(page.locator('main'), name);
const section = (page, id) => page.locator(`section[aria-labelledby="${id}"]`);
const days = (ahead) => {
  const day = new Date(Date.now() + ahead * 24 * 3_600_000);
  return `${day.getDate()}.${day.getMonth() + 1}.${day.getFullYear()}`;
};

/** Ends the employment of somebody a minute ago. */
async function leaves(name) {
  const visit = await open(browser, house, { width: 1280 });
  const { page } = visit;
  await enter(visit, TUULA);
  await visit.goto('/admin/people');
  await page.locator('[data-row-link]', { hasText: name }).first().click();
  await page.waitForURL(/\/admin\/people\/[0-9a-f-]{36}/);
  await page.locator('summary', { hasText: t('admin-end') }).click();
  const finland = new Intl.DateTimeFormat('fi-FI', { timeZone: 'Europe/Helsinki', day: 'numeric', month: 'numeric', year: 'numeric', hour: 'numeric', minute: '2-digit', hour12: false });
  const part = Object.fromEntries(finland.formatToParts(new Date(Date.now() - 60_000)).map(({ type, value }) => [type, value]));
  await fill(page, { end_day: `${part.day}.${part.month}.${part.year}`, end_clock: `${part.hour}.${part.minute}` });
  await page.locator('form[action^="/admin/people/"][action$="/end"]').getByRole('button').click();
  await says(page, t('admin-done-ended'));
  await visit.close();
}

for (const view of [{ width: 1280 }, { width: 390 }]) {
  test(`a matter ends with the client's word and an agreed follow-up, ${viewName(view)}`, async () => {
    const visit = await open(browser, house, view);
    const { page } = visit;
    await enter(visit, VILLE);
    await visit.goto('/matters');
    await page.locator('[data-row-link]').first().click();
    await page.waitForURL(/\/matters\/[0-9a-f-]{36}/);
    const matter = new URL(page.url()).pathname;
    const client = await section(page, 'clients').locator('a').first().getAttribute('href');
    await says(page, t('matter-number', { who: '' }).trim());
    await press(page, t('matter-close-open'));
    await visit.check('own-worker-close', { full: true });
    await fill(page, { reason: 'handled', follow_what: 'Onko asunto säilynyt' });
    if ((await page.locator('[name="late_reason"]').count()) > 0) await fill(page, { late_reason: 'Asiakas toivoi lisää aikaa.' });
    await save(page, t('matter-close-save'));
    // What was typed is still there, and each thing that is missing says so.
    assert.equal(await page.locator('[name="follow_what"]').inputValue(), 'Onko asunto säilynyt');
    await says(page, t('matter-follow-day-missing'), t('matter-close-heard-missing'));
    await visit.check('own-worker-close-refused', { full: true });
    await fill(page, { follow_on: days(30), follow_who: new RegExp(VILLE) });
    for (const group of await page.locator('input[name^="heard-"][value="mostly"]').all()) await group.check();
    await page.locator('textarea[name^="heard-words-"]').first().fill('Minua kuunneltiin, kiitos siitä.');
    if ((await page.locator('[name="seen"]').count()) > 0) await page.locator('[name="seen"]').check();
    await save(page, t('matter-close-save'));
    await page.getByText(t('matter-done-close')).waitFor();
    await says(page, 'Minua kuunneltiin, kiitos siitä.', t('heard-mostly'));
    await visit.check('own-worker-closed', { full: true });

    await visit.goto(client);
    await says(page, t('panel-follow-up'), 'Onko asunto säilynyt', t('panel-follow-up-open'));
    await visit.check('own-worker-client', { full: true });
    await page.locator('a[href^="/follow-ups/"]').first().click();
    await save(page, t('follow-up-save'));
    await refused(visit, ['body']);
    await visit.check('own-worker-follow-up', { full: true });
    await fill(page, { body: 'Asunto on säilynyt, vuokra maksetaan ajallaan.' });
    await save(page, t('follow-up-save'));
    await page.getByText(t('desk-done-followed')).waitFor();
    await visit.goto(client);
    await says(page, 'Asunto on säilynyt, vuokra maksetaan ajallaan.');
    assert.ok(matter.length > 0);
    await visit.close();
  });
}

test('a departed own worker is seen by the lead, who names the next', async () => {
  await leaves(AINO);
  for (const view of [{ width: 1280 }, { width: 390 }]) {
    const lead = await open(browser, house, view);
    const { page } = lead;
    await enter(lead, HANNA);
    await lead.goto('/unit');
    await says(page, t('unit-alert-own_worker_left'), t('alert-own-worker-left', { name: AINO }));
    await lead.check('own-worker-left');
    const row = section(page, 'alerts').locator('tr:has(a[href$="/own-worker"])', { hasText: AINO }).first();
    const name = (await row.locator('a').innerText()).trim();
    await row.locator('a').click();
    await page.waitForURL(/\/matters\/[0-9a-f-]{36}\/own-worker|\/clients\//);
    assert.match(page.url(), /own-worker$/, 'the client has an open matter');
    await lead.check('own-worker-form', { full: true });
    await fill(page, { staff: new RegExp(VILLE), from: days(0), message: MESSAGE });
    if ((await page.locator('[name="client"]:not([type=hidden])').count()) > 0) {
      await fill(page, { client: new RegExp(name) });
    }
    await save(page, t('matter-own-worker-save'));
    // Special support asks for a social worker beside: the form says so and keeps the message.
    if ((await page.getByText(t('matter-refused-pair-missing')).count()) > 0) {
      assert.equal(await page.locator('[name="message"]').inputValue(), MESSAGE);
      const pair = page.locator('[name="pair"]');
      const label = await pair.locator('option:not([disabled])').nth(1).textContent();
      await pair.selectOption({ label });
      await save(page, t('matter-own-worker-save'));
    }
    await page.getByText(t('matter-done-own-worker')).waitFor();
    await lead.close();

    const next = await open(browser, house, view);
    await enter(next, VILLE);
    await next.goto('/desk');
    await says(next.page, name, MESSAGE, t('work-own-worker-by', { name: HANNA }));
    await next.check('own-worker-desk');
    await next.page.locator('tr', { hasText: MESSAGE }).locator('a').first().click();
    await next.page.waitForURL(/\/clients\//);
    await says(next.page, t('panel-own-worker-now'), MESSAGE, t('panel-own-worker'));
    assert.match(await text(next.page), new RegExp(`${t('client-fact-own-worker')}[^]*${VILLE}`));
    await next.check('own-worker-history', { full: true });
    await next.close();
  }
});

test('client flow tells moves, and small counts only of one’s own unit', async () => {
  for (const [who, view] of [['Kirsi Aaltonen', { width: 1280 }], ['Kirsi Aaltonen', { width: 390, language: 'sv' }], [HANNA, { width: 390, script: false }], [HANNA, { width: 1280, language: 'en' }]]) {
    const visit = await open(browser, house, view);
    await enter(visit, who);
    await visit.goto('/flow');
    await visit.check('flow');
    await visit.goto('/flow?from=31.2.2026&to=1.3.2026');
    await says(visit.page, words(view.language ?? 'fi')('flow-bad-day'));
    await visit.close();
  }
});
