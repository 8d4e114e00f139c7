// A client's history on her page: what happened, by kind, and found by a word in any of its forms.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch, open, viewName } from '../lib/browser.mjs';
import { startNoste } from '../lib/house.mjs';
import { AINO, enter, fill, press, says, text, writeDown } from '../lib/people.mjs';
import { words } from '../lib/words.mjs';

const t = words('fi');
let browser, house;
before(async () => {
  [browser, house] = await Promise.all([launch(), startNoste({ args: ['--no-limits'] })]);
});
after(async () => {
  await browser?.close();
  await house?.close();
});

const save = (page, name) => press(page.locator('main'), name);
const ROWS = '.n-time > li';
const history = (page) => page.locator('section[aria-labelledby="timeline"]');

/** Makes a client with two contacts and two matters; gives the address of her page. Her number is hers alone: somebody
 * with the same one is asked about. */
async function client(visit, family, birth, phone) {
  const { page } = visit;
  for (const [own_words, name_text] of [
    ['Vuokranantaja on uhannut häädöllä. Velkaa on kaksi kuukautta.', 'Vuokrarästin selvittäminen'],
    ['Lapsen harrastusmaksut jäivät maksamatta.', 'Harrastuksen tukeminen'],
  ]) {
    await writeDown(visit, { own_words, person_name: `Sirkku ${family}`, phone, municipality: '179' });
    await press(page, t('act-matter'));
    await fill(page, { birth, name: '99', name_text });
    await save(page, t('matter-link-save'));
    const same = page.locator('input[name="same"]');
    await page.waitForURL(/\/(matters|contacts)\//);
    if ((await same.count()) > 0) {
      await same.first().check();
      await save(page, t('matter-link-save'));
    }
    await page.waitForURL(/\/matters\/[0-9a-f-]{36}/);
  }
  await page.getByRole('link', { name: new RegExp(family) }).first().click();
  await page.waitForURL(/\/clients\/[0-9a-f-]{36}/);
  return new URL(page.url()).pathname;
}

let round = 0;
for (const view of [{ width: 1280 }, { width: 390 }, { width: 390, script: false }]) {
  test(`a history is narrowed and searched, ${viewName(view)}`, async () => {
    round += 1;
    const visit = await open(browser, house, view);
    const { page } = visit;
    await enter(visit, AINO);
    const family = `Aikajana${'abc'[round]}`;
    const path = await client(visit, family, `${round}.7.1984`, `040 123 000${round}`);
    const rows = history(page).locator(ROWS);
    const all = await rows.count();
    assert.ok(all >= 4, `contacts and matters are there: ${await history(page).innerText()}`);
    await visit.check('timeline', { keep: true });

    // By kind.
    await page.locator('#timeline-kind').selectOption({ label: t('timeline-class-matter') });
    await press(history(page), t('timeline-go'));
    await page.getByText(t('timeline-clear')).first().waitFor();
    const matters = await rows.count();
    assert.ok(matters >= 2 && matters < all, `${matters} of ${all}`);
    assert.ok(!(await text(page, 'section[aria-labelledby="timeline"]')).includes('uhannut'), 'no contacts among matters');
    await visit.check('timeline-kind');
    await press(page, t('timeline-clear'));

    // By a word in another form than the one that was written, marked where it stands.
    await page.locator('#timeline-words').fill('vuokrarästistä');
    if (view.script === false || view.width < 600) await press(history(page), t('timeline-go'));
    else await page.keyboard.press('Enter');
    await history(page).locator('mark').first().waitFor();
    assert.match(await history(page).locator('mark').first().innerText(), /vuokrarästi/i);
    assert.ok(!new URL(page.url()).search.includes('vuokra'), 'what is searched for stands in no address');
    assert.equal(await rows.filter({ hasText: 'Harrastuksen' }).count(), 0);
    await visit.check('timeline-word', { keep: true });

    // Nothing: said so, with a way back.
    await page.locator('#timeline-words').fill('merimatka');
    await press(history(page), t('timeline-go'));
    await page.getByText('merimatka').first().waitFor();
    await says(page, t('timeline-empty-word'));
    await visit.check('timeline-nothing');
    await press(page, t('timeline-clear'));
    await rows.first().waitFor();
    assert.equal(new URL(page.url()).pathname, path);
    await visit.close();
  });
}

for (const language of ['sv', 'en']) {
  test(`the history in ${language}`, async () => {
    const own = words(language);
    const visit = await open(browser, house, { width: 390, language });
    await enter(visit, AINO);
    await visit.goto('/clients');
    await visit.page.locator('main table a').first().click();
    await visit.page.waitForURL(/\/clients\/[0-9a-f-]{36}/);
    await says(visit.page, own('timeline-title'), own('timeline-kind-all'));
    await visit.check('timeline');
    await visit.close();
  });
}
