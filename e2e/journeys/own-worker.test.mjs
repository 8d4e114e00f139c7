// A client always has one name and one number: when the own worker leaves the lead sees it and names the next, who is told.
// And the end of a matter: was the client heard, and who asks later how it is going.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch, open, viewName } from '../lib/browser.mjs';
import { startNoste } from '../lib/house.mjs';
import { AINO, artificialCode, enter, fill, HANNA, inDays, press, refused, says, text, VILLE } from '../lib/people.mjs';
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
const path = (page) => new URL(page.url()).pathname;

/** A matter of a new client in the worker's hands; gives the addresses of both. */
let people = 0;
async function matterOf(visit) {
  const { page } = visit;
  people += 1;
  await visit.goto('/clients/new');
  await fill(page, { has_code: 'yes', given: 'Seppo', family: `Loppunen${'xabc'[people]}`, code: artificialCode(people, 920 + people) });
  await save(page, t('client-new-save'));
  await page.getByText(t('client-done-created')).waitFor();
  const client = path(page);
  await visit.goto(`${client}/matters/new`);
  await fill(page, { name: 'guidance', reasons: 'Vuokra on rästissä' });
  await save(page, t('matter-new-save'));
  await page.waitForURL(/\/matters\/[0-9a-f-]{36}/);
  return { client, matter: path(page) };
}

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
    // A matter of one's own: those of the synthetic county differ from day to day.
    const { client, matter } = await matterOf(visit);
    const heard = `heard-${client.split('/').pop()}`;
    await visit.goto(matter);
    await says(page, t('matter-number', { who: '' }).trim());
    await press(page, t('matter-close-open'));
    await page.waitForURL(/\/close$/);
    await visit.check('own-worker-close', { full: true });
    await fill(page, { reason: 'handled', follow_what: 'Onko asunto säilynyt' });
    await save(page, t('matter-close-save'));
    // Each thing that is missing says so, and what was typed is still there.
    await refused(visit, ['follow_on', 'follow_who', heard]);
    await says(page, t('matter-follow-day-missing'), t('matter-close-heard-missing'));
    assert.equal(await page.locator('[name="follow_what"]').inputValue(), 'Onko asunto säilynyt');
    await visit.check('own-worker-close-refused', { full: true });
    await fill(page, { follow_on: inDays(30), follow_who: new RegExp(VILLE), [heard]: 'mostly' });
    await page.locator('textarea[name^="heard-words-"]').fill('Minua kuunneltiin, kiitos siitä.');
    await save(page, t('matter-close-save'));
    await page.getByText(t('matter-done-close')).waitFor();
    await says(page, 'Minua kuunneltiin, kiitos siitä.', t('heard-mostly'));
    await visit.check('own-worker-closed', { full: true });

    await visit.goto(client);
    await says(page, t('panel-follow-up'), 'Onko asunto säilynyt', t('panel-follow-up-open'));
    await visit.check('own-worker-client', { full: true });
    await page.locator('a[href^="/follow-ups/"]').click();
    await page.waitForURL(/\/follow-ups\//);
    await save(page, t('follow-up-save'));
    await refused(visit, ['body']);
    await visit.check('own-worker-follow-up', { full: true });
    await fill(page, { body: 'Asunto on säilynyt, vuokra maksetaan ajallaan.' });
    await save(page, t('follow-up-save'));
    await page.getByText(t('desk-done-followed')).waitFor();
    await visit.goto(client);
    await says(page, 'Asunto on säilynyt, vuokra maksetaan ajallaan.');
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
    await fill(page, { staff: new RegExp(VILLE), from: inDays(0), message: MESSAGE });
    if ((await page.locator('[name="client"]:not([type=hidden])').count()) > 0) {
      await fill(page, { client: new RegExp(name) });
    }
    await save(page, t('matter-own-worker-save'));
    // Special support asks for a social worker beside: the form says so and keeps the message.
    const done = page.getByText(t('matter-done-own-worker'));
    const refusal = page.getByText(t('matter-refused-pair-missing'));
    await done.or(refusal).first().waitFor();
    if ((await refusal.count()) > 0) {
      assert.equal(await page.locator('[name="message"]').inputValue(), MESSAGE);
      const pair = page.locator('[name="pair"]');
      const label = await pair.locator('option:not([disabled])').nth(1).textContent();
      await pair.selectOption({ label });
      await save(page, t('matter-own-worker-save'));
    }
    await done.waitFor();
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
