// Two records of one person become one, by two pairs of hands, and are parted again.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch, open, viewName } from '../lib/browser.mjs';
import { startNoste } from '../lib/house.mjs';
import { AINO, confirm, enter, fill, press, refused, says, text } from '../lib/people.mjs';
import { words } from '../lib/words.mjs';

/** The data steward of the demo. */
const OLLI = 'Olli Ranta';
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

/** Writes a client down and gives the address of her page. */
async function add(visit, fields) {
  await visit.goto('/clients/new');
  await fill(visit.page, fields);
  await save(visit.page, t('client-new-save'));
  await visit.page.waitForLoadState();
  // The house asks whether she is here already: that is how two records of one person come to be.
  const other = visit.page.locator('input[name="not_same"]');
  if ((await other.count()) > 0) {
    await other.check();
    await save(visit.page, t('client-new-save'));
  }
  await visit.page.getByText(t('client-done-created')).waitFor();
  return new URL(visit.page.url()).pathname;
}

let round = 0;
for (const view of [{ width: 1280 }, { width: 390 }, { width: 390, script: false }]) {
  test(`two records are joined and parted, ${viewName(view)}`, async () => {
    round += 1;
    const day = `${round}.9.1979`;
    // Artificial codes: individual numbers 900-999 belong to nobody.
    const digits = `0${round}0979`;
    const serial = 930 + round;
    const code = `${digits}-${serial}${'0123456789ABCDEFHJKLMNPRSTUVWXY'[Number(`${digits}${serial}`) % 31]}`;
    const phone = `040 900 10${round}0`;
    const [family, typo] = [`Rantakoivu${'abc'[round]}`, `Rantakovu${'abc'[round]}`];

    const visit = await open(browser, house, view);
    await enter(visit, AINO);
    const kept = await add(visit, { has_code: 'yes', code, family, given: 'Helmi', phone });
    const other = await add(visit, { has_code: 'no', family: typo, given: 'Helmi', birth: day, address: 'Toinentie 2, 40100 Jyväskylä' });
    const temporary = (await text(visit.page)).match(/1\.2\.246\.[\d.]+\d/)?.[0];
    assert.ok(temporary, 'a temporary identifier is shown');
    await visit.goto(`${kept}/merge`);
    await fill(visit.page, { other: temporary, reason: 'Sama ihminen: nimi oli kirjattu väärin.' });
    await save(visit.page, t('merges-ask'));
    await visit.page.getByText(t('client-done-merge-asked')).waitFor();

    // Another person takes the case, compares, and proves who she is before anything is joined.
    const steward = await open(browser, house, view);
    await enter(steward, OLLI);
    await steward.goto('/clients/merges');
    await press(steward.page, t('merges-take'));
    await steward.page.waitForURL(/merges\/[0-9a-f-]{36}/);
    await says(steward.page, family, typo, t('merges-differs'), 'Sama ihminen');
    await press(steward.page, t('merges-approve'));
    await steward.page.waitForURL(/\/sign-in\/confirm/);
    await steward.check('merge-confirm');
    await confirm(steward);
    await steward.page.getByText(t('client-done-merged')).waitFor();
    await steward.check('merge-done');

    // One record: the other's address leads to it, with what stood in both.
    await visit.goto(other);
    assert.equal(new URL(visit.page.url()).pathname.split('/').length, 3);
    await says(visit.page, family, code);
    await visit.goto(`${kept}/basics`);
    await says(visit.page, phone, 'Toinentie 2');
    await visit.check('merge-basics');

    // Parted with a reason, and everything is where it was.
    await steward.goto('/clients/merges');
    // Opening a done case is taking it again: the log says by whom.
    await press(steward.page.locator('section[aria-labelledby="done"]'), t('merges-look'));
    await steward.page.waitForURL(/merges\/[0-9a-f-]{36}/);
    await press(steward.page, t('merges-undo'));
    await refused(steward, ['reason']);
    await steward.check('merge-undo');
    await fill(steward.page, { reason: 'Sittenkin kaksi eri ihmistä.' });
    await press(steward.page, t('merges-undo'));
    await steward.page.getByText(t('client-done-unmerged')).waitFor();
    await visit.goto(`${kept}/basics`);
    assert.ok(!(await text(visit.page)).includes('Toinentie 2'));
    await visit.goto(other);
    await says(visit.page, typo, temporary);
    await visit.close();
    await steward.close();
  });
}

for (const language of ['sv', 'en']) {
  test(`the list of merges in ${language}`, async () => {
    const visit = await open(browser, house, { width: 390, language });
    await enter(visit, OLLI);
    await visit.goto('/clients/merges');
    await says(visit.page, words(language)('merges-title'));
    await visit.check('merges');
    await visit.close();
  });
}
