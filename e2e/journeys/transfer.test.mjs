// A matter goes to another county: what is sent and why, until it is told how it left.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch, open, viewName } from '../lib/browser.mjs';
import { startNoste } from '../lib/house.mjs';
import { AINO, enter, fill, press, refused, row, says, text, writeDown } from '../lib/people.mjs';
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
const value = (page, name) => page.locator(`#f-${name}`).inputValue();
let somebody = 0;

/** A contact that became a matter in the worker's own name; gives the address of the matter. */
async function matter(visit, title) {
  const own = words(visit.view.language);
  somebody += 1;
  await writeDown(visit, { own_words: `${title}: muuttaa toiseen kaupunkiin`, person_name: `Kerttu Muuttolintu${'xabcd'[somebody]}`, municipality: '179' });
  await press(visit.page, own('act-matter'));
  await fill(visit.page, { birth: `${somebody}.7.1972`, name: '99', name_text: title });
  await save(visit.page, own('matter-link-save'));
  await visit.page.waitForURL(/\/matters\/[0-9a-f-]{36}/);
  return new URL(visit.page.url()).pathname;
}

for (const view of [{ width: 1280 }, { width: 390 }]) {
  test(`a matter is transferred, printed and told to have left, ${viewName(view)}`, async () => {
    const visit = await open(browser, house, view);
    const { page } = visit;
    const title = `Asunto muuton jälkeen ${view.width}`;
    await enter(visit, AINO);
    const path = await matter(visit, title);

    // Sent empty but for two texts: what is missing is told, and the texts are there.
    await press(page, t('matter-transfer-open'));
    await page.waitForURL(/\/transfer$/);
    await visit.check('transfer-form', { full: true });
    await fill(page, { receiver: 'Tampereen aikuissosiaalityö', cover: 'Muutto on 1.12.' });
    await save(page, t('matter-transfer-save'));
    await refused(visit, ['county', 'urgency', 'ground', 'ground_words', 'told']);
    assert.equal(await value(page, 'receiver'), 'Tampereen aikuissosiaalityö');
    assert.equal(await value(page, 'cover'), 'Muutto on 1.12.');
    assert.equal(await page.locator('[name="parts"]:checked').count(), 3, 'what was picked stays picked');
    await visit.check('transfer-refused', { full: true });
    await fill(page, { county: /Pirkanmaa/, urgency: 'week', ground: 'consent', ground_words: 'Kerttu pyysi siirtoa ja suostui siihen.', told: true });
    await save(page, t('matter-transfer-save'));
    await page.getByText(t('matter-done-transfer')).waitFor();
    await says(page, 'Asia siirrettiin');
    await visit.check('transfer-done');

    // It waits to be sent, until whoever made it prints it and says how it left.
    await visit.goto('/transfers');
    await says(page, title, 'Pirkanmaa', 'Tampereen aikuissosiaalityö', t('transfers-waits'));
    await visit.check('transfers', { full: true });
    await row(page, title).locator('[data-row-link]').click();
    await page.waitForURL(/\/transfer\/sent$/);
    await visit.check('transfer-sent', { full: true });
    await press(page, t('transfers-print'));
    await page.waitForURL(/\/transfer\/print$/);
    await save(page, t('package-open'));
    await refused(visit, ['why']);
    await visit.check('transfer-print');
    await fill(page, { why: 'send' });
    await save(page, t('package-open'));
    await says(page, 'Kerttu pyysi siirtoa', 'Muutto on 1.12.', 'Viikon sisällä', 'Muuttolintu');
    await visit.check('transfer-package', { full: true });

    await visit.goto(`${path}/transfer/sent`);
    await fill(page, { words: 'RR123456785FI' });
    await save(page, t('transfers-leave-save'));
    await refused(visit, ['how']);
    assert.equal(await value(page, 'words'), 'RR123456785FI');
    await visit.check('transfer-sent-refused');
    await fill(page, { how: 'paper' });
    await save(page, t('transfers-leave-save'));
    await page.getByText(t('matter-done-sent')).waitFor();
    assert.ok((await text(page, 'section[aria-labelledby="sent"]')).includes('RR123456785FI'));
    assert.equal(await page.locator('section[aria-labelledby="waiting"]', { hasText: title }).count(), 0);
    await visit.check('transfers-left', { full: true });

    // It leaves once.
    await visit.goto(`${path}/transfer/sent`);
    assert.equal(await page.locator('#f-how').count(), 0);
    await visit.check('transfer-left');
    await visit.close();
  });
}

for (const [language, width] of [['sv', 1280], ['en', 390]]) {
  test(`the pages of a transfer in ${language}`, async () => {
    const visit = await open(browser, house, { width, language });
    const own = words(language);
    await enter(visit, AINO);
    const path = await matter(visit, 'Flytten');
    await visit.goto(`${path}/transfer`);
    await says(visit.page, own('matter-transfer-urgency'));
    await visit.check('transfer-form', { full: true });
    await visit.goto('/transfers');
    await says(visit.page, own('transfers-sent'));
    await visit.check('transfers', { full: true });
    await visit.page.locator('main [data-row-link]').first().click();
    await visit.page.waitForURL(/\/transfer\/sent$/);
    await visit.check('transfer-left');
    await visit.close();
  });
}
