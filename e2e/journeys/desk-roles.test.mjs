// Each role sees a fitting first page; the desk by keyboard; a note linked to a time limit; the county's phrases.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch, open, viewName } from '../lib/browser.mjs';
import { startNoste } from '../lib/house.mjs';
import { AINO, enter, fill, HANNA, JAANA, MILLA, press, refused, says, unhurried, VILLE, writeDown } from '../lib/people.mjs';
import { words } from '../lib/words.mjs';

const t = words('fi');
const ROLES = [
  [JAANA, 'counsellor', ['desk-title']],
  [AINO, 'social-worker', ['desk-title', 'desk-mine']],
  [VILLE, 'guidance', ['desk-title', 'desk-mine']],
  [MILLA, 'centre', []],
  ['Sofia Lind', 'student', ['desk-title']],
  ['Kirsi Aaltonen', 'structural', []],
  [HANNA, 'lead', []],
];
let browser, house;
before(async () => {
  [browser, house] = await Promise.all([launch(), startNoste({ args: ['--no-limits'] })]);
});
after(async () => {
  await browser?.close();
  await house?.close();
});

let somebody = 0;
const main = (page) => page.locator('main');

async function matter(visit) {
  const { page } = visit;
  somebody += 1;
  await writeDown(visit, { own_words: 'Vuokra rästissä', person_name: `Terttu Koskenniemi${'abcd'[somebody]}`, municipality: '179' });
  await press(page, t('act-matter'));
  await page.waitForURL(/\/matter$/);
  await fill(page, { birth: `${somebody}.6.1979`, name: 'social_work' });
  await press(main(page), t('matter-link-save'));
  await page.waitForURL(/\/matters\/[0-9a-f-]{36}/);
  return new URL(page.url()).pathname;
}

for (const width of [1280, 390]) {
  test(`every role has its first page, ${width}`, async () => {
    for (const [who, name, said] of ROLES) {
      const visit = await open(browser, house, { width });
      await enter(visit, who);
      await says(visit.page, ...said.map((key) => t(key)));
      assert.ok((await visit.page.locator('main h1').innerText()).length > 0);
      await visit.check(`first-${name}`);
      await visit.close();
    }
  });
}

test('the lead sees the unit and the client flow', async () => {
  const visit = await open(browser, house, { width: 1280 });
  await enter(visit, HANNA);
  for (const path of ['/unit', '/flow']) {
    await visit.goto(path);
    await visit.check(`lead${path.replace('/', '-')}`);
  }
  await visit.close();
});

for (const view of [{ width: 1280, script: true }, { width: 390, script: false }]) {
  test(`a note about a time limit; its end is recorded, ${viewName(view)}`, async () => {
    const visit = await open(browser, house, view);
    const { page } = visit;
    await enter(visit, AINO);
    const path = await matter(visit);
    // Whom it is about is one link; with script a few letters and Enter.
    await visit.goto('/notes/new');
    await visit.check('note-choose', { keep: true });
    if (view.script) {
      await page.locator('#narrow-note-choose').fill(`koskenniemi${'abcd'[somebody]}`);
      await page.keyboard.press('Enter');
    } else await page.locator(`a[href="${path}/notes/new"]`).click();
    await page.waitForURL(`**${path}/notes/new`);
    await page.locator('details').filter({ hasText: t('note-more-links') }).locator('summary').click();
    await page.getByLabel(/^Päätöksen toimeenpano: /).check();
    await visit.check('note-links', { keep: true });
    await fill(page, { what: 'call', body: 'Sovittiin, että tuki alkaa huomenna.' });
    await press(main(page), t('note-finish'));
    await page.waitForURL(/done=finished/);
    await says(page, t('note-linked-clock'), 'Päätöksen toimeenpano');
    await visit.check('note-linked', { keep: true });
    // The service begins: the time limit ends.
    await visit.goto(path);
    await press(main(page), t('matter-execution-open'));
    await page.waitForURL(/\/execution$/);
    await press(main(page), t('matter-execution-save'));
    await refused(visit, ['reason']);
    await visit.check('matter-execution');
    await fill(page, { reason: 'carried', body: 'Asumisen tuki' });
    await press(main(page), t('matter-execution-save'));
    await page.waitForURL(/done=execution/);
    await says(page, t('matter-done-execution'), t('clock-end-decision_carried'));
    // What was done today is on the desk when asked for.
    await visit.goto('/desk');
    if (view.script) {
      // J goes to the first row, Enter opens it.
      await page.keyboard.press('j');
      const href = await page.evaluate(() => document.activeElement?.getAttribute('href'));
      assert.ok(href, 'a row has the focus');
    }
    await press(main(page), t('desk-done-show'));
    await page.waitForURL(/with=done/);
    await says(page, t('desk-done-today'), 'Koskenniemi');
    await visit.check('desk-done', { keep: true });
    await visit.close();
  });

  test(`the county's phrases, ${viewName(view)}`, async () => {
    const visit = await open(browser, house, view);
    const { page } = visit;
    await enter(visit, 'Pekka Lund');
    await visit.goto('/admin/phrases');
    await visit.check('phrases');
    await press(main(page), t('phrase-new-title'));
    await page.waitForURL(/\/admin\/phrases\/new$/);
    await press(main(page), t('phrase-save'));
    await refused(visit, ['title_fi', 'text_fi']);
    await visit.check('phrase-new');
    const title = `Kotikäynnin alku ${view.width}`;
    const opened = Date.now();
    await fill(page, { title_fi: title, text_fi: 'Kotikäynti sovittiin etukäteen. Paikalla olivat …', active: true });
    await unhurried(opened);
    await press(main(page), t('phrase-save'));
    await page.waitForURL(/\/admin\/phrases\?done=/);
    await says(page, title);
    await visit.check('phrases-one', { keep: true });
    await press(main(page), title);
    await page.waitForURL(/\/admin\/phrases\/[0-9a-f-]{36}$/);
    await visit.check('phrase-one', { keep: true });
    await visit.goto('/admin/phrases');
    await fill(page, { days: '0' });
    await press(main(page), t('phrase-days-save'));
    await refused(visit, ['days']);
    await visit.close();
  });

  test(`a number at work, ${viewName(view)}`, async () => {
    const visit = await open(browser, house, view);
    const { page } = visit;
    await enter(visit, AINO);
    await visit.goto('/account');
    await fill(page, { number: 'soita' });
    await press(main(page), t('number-save'));
    await refused(visit, ['number']);
    await fill(page, { number: '040 765 4321' });
    await press(main(page), t('number-save'));
    await page.waitForURL(/done=number/);
    await says(page, t('number-saved'));
    await visit.check('account-number', { keep: true });
    await visit.close();
  });
}
