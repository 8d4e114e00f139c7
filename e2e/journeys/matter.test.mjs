// From a contact to a client and a matter, through two pairs of hands, to its end.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch, open, viewName } from '../lib/browser.mjs';
import { startNoste } from '../lib/house.mjs';
import { AINO, enter, fill, inDays, press, refused, says, VILLE, writeDown } from '../lib/people.mjs';
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

let somebody = 0;
const save = (page, name) => press(page.locator('main'), name);

for (const view of [{ width: 1280 }, { width: 390 }]) {
  test(`a contact becomes a matter and comes to its end, ${viewName(view)}`, async () => {
    const visit = await open(browser, house, view);
    const { page } = visit;
    somebody += 1;
    const family = `Kuusilehto${'abc'[somebody]}`;
    await enter(visit, AINO);
    const contact = await writeDown(visit, {
      own_words: 'Kirjeet ovat avaamatta ja vuokra rästissä',
      person_name: `Leena ${family}`,
      phone: `040 123 000${somebody}`,
      municipality: '179',
    });

    // One step: what the contact holds is filled in, and only the birth date is typed.
    await press(page, t('act-matter'));
    await page.waitForURL(new RegExp(`/contacts/${contact}/matter`));
    assert.equal(await page.locator('#f-family').inputValue(), family);
    assert.equal(await page.locator('#f-phone').inputValue(), `040 123 000${somebody}`);
    assert.match(await page.locator('#f-own_words').inputValue(), /Kirjeet ovat avaamatta/);
    await visit.check('matter-from-contact');
    await save(page, t('matter-link-save'));
    await refused(visit, ['birth']);
    await fill(page, { birth: `${somebody}.8.1981`, name: '99', name_text: 'Postin avaaminen' });
    await save(page, t('matter-link-save'));
    await page.waitForURL(/\/matters\/[0-9a-f-]{36}/);
    const matter = new URL(page.url()).pathname;
    await says(page, 'Postin avaaminen', t('matter-done-opened'), `Leena ${family}`, 'SHL 45 § 2 mom', AINO);
    await visit.check('matter-opened', { keep: true });

    // The same person again: found, and nobody is made twice.
    await writeDown(visit, { own_words: 'Uusi asia', person_name: `Leena ${family}` });
    await press(page, t('act-matter'));
    await fill(page, { birth: `${somebody}.8.1981` });
    await save(page, t('matter-link-save'));
    await page.getByText(t('matter-link-found')).first().waitFor();
    await visit.check('matter-found');
    await page.locator('input[name="same"]').first().check();
    await save(page, t('matter-link-save'));
    await page.waitForURL(/\/matters\/[0-9a-f-]{36}/);

    // The assessment begins, the own worker is named.
    await visit.goto(matter);
    await press(page, t('panel-assessments-add'));
    await fill(page, { step: 'skip' });
    await save(page, t('assessment-begin-save'));
    await refused(visit, ['reason']);
    await fill(page, { step: 'begin' });
    await save(page, t('assessment-begin-save'));
    await page.getByText(t('assessment-done-begun')).waitFor();
    await visit.goto(matter);
    await press(page, t('matter-own-worker-open'));
    await visit.check('matter-own-worker');
    await fill(page, { staff: new RegExp(VILLE), from: inDays(0) });
    await save(page, t('matter-own-worker-save'));
    await page.getByText(t('matter-done-own-worker')).waitFor();
    await says(page, t('matter-own-worker-is', { name: VILLE }));

    // Handed over: the sender holds until somebody accepts by name.
    await press(page, t('matter-offer-open'));
    await save(page, t('matter-offer-save'));
    await refused(visit, ['receiver', 'body']);
    await fill(page, { receiver: new RegExp(`^${VILLE}`), body: 'Sovittu Leenan kanssa' });
    await visit.check('matter-offer');
    await save(page, t('matter-offer-save'));
    await page.getByText(t('matter-done-offer')).waitFor();
    const second = await open(browser, house, view);
    await enter(second, VILLE);
    await second.goto('/matters?tab=offered');
    await says(second.page, 'Postin avaaminen');
    await second.check('matters-offered');
    await second.page.getByRole('link', { name: 'Postin avaaminen' }).first().click();
    await press(second.page, t('matter-offer-accept'));
    await second.page.getByText(t('matter-done-accepted')).waitFor();
    await second.goto('/matters');
    await says(second.page, 'Postin avaaminen', VILLE);
    await second.check('matters');

    // Closed with a reason; the client relation goes on, since another matter is open.
    await second.goto(`${matter}/close`);
    await second.check('matter-close');
    await save(second.page, t('matter-close-save'));
    await refused(second, ['reason', 'seen']);
    await fill(second.page, { reason: 'handled', end_relation: true, no_ground: 'Tarve on ohi' });
    await second.page.locator('input[name^="heard-"][value="mostly"]').check();
    // The assessment that was begun is a draft: whoever closes has seen it.
    await second.page.locator('[name="seen"]').check();
    await save(second.page, t('matter-close-save'));
    await second.page.getByText(t('matter-refused-open-matters')).first().waitFor();
    await second.page.locator('[name="end_relation"]').uncheck();
    await save(second.page, t('matter-close-save'));
    await second.page.getByText(t('matter-done-close')).waitFor();
    await says(second.page, 'Asia päättyi');
    await second.check('matter-closed');
    await second.close();
    await visit.close();
  });
}
