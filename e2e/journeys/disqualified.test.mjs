// A worker is disqualified from a client: says so, sees her no more, and the unit goes on; the lead lifts it again.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch, open, viewName } from '../lib/browser.mjs';
import { startNoste } from '../lib/house.mjs';
import { AINO, enter, fill, HANNA, press, refused, says } from '../lib/people.mjs';
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

// Each view has a client of her own: whoever has stood down does not come back by herself.
for (const [view, client] of [
  [{ width: 1280 }, 'Mikael'],
  [{ width: 390, script: false }, 'Noora'],
]) {
  test(`a disqualified worker stands down from a client, ${viewName(view)}`, async () => {
    const visit = await open(browser, house, view);
    const { page } = visit;
    await enter(visit, AINO);
    await visit.goto('/clients');
    await page.locator('main').getByRole('link', { name: new RegExp(client) }).first().click();
    await page.waitForURL(/\/clients\/[0-9a-f-]{36}$/);
    const path = new URL(page.url()).pathname;
    await visit.goto(`${path}/access`);
    await visit.check('access-own');
    await page.getByRole('link', { name: t('disqualify-title') }).click();
    await page.waitForURL(/disqualification$/);
    await visit.check('disqualify');
    await save(page, t('disqualify-save'));
    await refused(visit, ['sure']);
    await visit.check('disqualify-refused');
    await page.getByLabel(t('disqualify-sure')).check();
    await save(page, t('disqualify-save'));
    await page.getByText(t('client-done-disqualified')).waitFor();
    await visit.check('clients-disqualified');
    // Another client of hers may have the same given name.
    assert.equal(await page.locator(`main a[href="${path}"]`).count(), 0, 'not on her list');
    await visit.goto(path);
    await page.getByText(t('public-failure-not-found')).first().waitFor();

    await visit.close();

    const lead = await open(browser, house, view);
    await enter(lead, HANNA);
    await lead.goto('/unit');
    await says(lead.page, 'ilmoitti olevansa esteellinen');
    await lead.check('unit-disqualified');
    await lead.goto(`${path}/access`);
    await lead.check('access-lead-disqualified');
    await save(lead.page, t('disqualified-lift'));
    await refused(lead, ['row', 'lift']);
    await lead.check('access-lift-refused');
    await fill(lead.page, { row: /Aino Salmela/, lift: 'Avioero on laillinen, esteellisyyttä ei enää ole.' });
    await save(lead.page, t('disqualified-lift'));
    await lead.page.getByText(t('client-done-requalified')).waitFor();
    await lead.close();
  });
}
