// An assessment with many: a couple's, two workers who write the same part, an expert of health who needs the client's word.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch, open, viewName } from '../lib/browser.mjs';
import { startNoste } from '../lib/house.mjs';
import { AINO, artificialCode, enter, fill, MILLA, press, refused, says, text, VILLE } from '../lib/people.mjs';
import { words } from '../lib/words.mjs';

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

let people = 0;
function somebody(given, family) {
  people += 1;
  return { given, family: `${family}${'xabcdefghijklmnop'[people]}`, code: artificialCode(people, 960 + people) };
}

async function add(visit, t, person) {
  await visit.goto('/clients/new');
  await fill(visit.page, { has_code: 'yes', ...person });
  await save(visit.page, t('client-new-save'));
  await visit.page.getByText(t('client-done-created')).waitFor();
  return path(visit.page);
}

/** A matter of new clients in the worker's hands; gives its address. */
async function matterOf(visit, t, first, ...others) {
  const { page } = visit;
  const client = await add(visit, t, first);
  for (const other of others) await add(visit, t, other);
  await visit.goto(`${client}/matters/new`);
  await fill(page, { name: 'social_work', reasons: 'Vuokra on rästissä' });
  await save(page, t('matter-new-save'));
  await page.waitForURL(/\/matters\/[0-9a-f-]{36}/);
  const matter = path(page);
  for (const other of others) {
    await visit.goto(`${matter}/client`);
    await fill(page, { identity_code: other.code });
    await save(page, t('matter-client-save'));
    await page.getByText(t('matter-done-client')).waitFor();
  }
  return matter;
}

async function begin(visit, t, matter) {
  await visit.goto(`${matter}/assessments/new`);
  await save(visit.page, t('assessment-begin-save'));
  await visit.page.waitForURL(/\/assessments\/[0-9a-f-]{36}/);
  return path(visit.page);
}

for (const view of [{ width: 1280 }, { width: 390 }, { width: 390, language: 'sv', script: false }, { width: 1280, language: 'en' }]) {
  test(`a couple's assessment, ${viewName(view)}`, async () => {
    const t = words(view.language ?? 'fi');
    const visit = await open(browser, house, view);
    const { page } = visit;
    await enter(visit, AINO);
    const [first, second] = [somebody('Risto', 'Yhteinen'), somebody('Ritva', 'Yhteinen')];
    const matter = await matterOf(visit, t, first, second);
    await visit.goto(`${matter}/assessments/new`);
    await visit.check('joint-assessment-begin');
    for (const one of await page.locator('input[name="client"]').all()) await one.check();
    await save(page, t('assessment-begin-save'));
    await page.waitForURL(/\/assessments\/[0-9a-f-]{36}/);
    const assessment = path(page);
    await says(page, `Risto ${first.family}`, `Ritva ${second.family}`);
    await visit.check('joint-assessment');
    // Each one's own words are asked by name, and kept apart.
    const own = page.locator('main a[href*="/parts/own-"]');
    const hrefs = [...new Set(await own.evaluateAll((all) => all.map((one) => one.getAttribute('href'))))];
    assert.equal(hrefs.length, 2, 'one part for each');
    for (const [number, href] of hrefs.entries()) {
      await visit.goto(href);
      if (number === 0) await visit.check('joint-assessment-own');
      await fill(page, { own: `Oma näkemys ${number + 1}` });
      await save(page, t('assessment-save'));
      await page.waitForURL(/done=saved/);
    }
    await visit.goto(`${assessment}/parts/conclusions`);
    await visit.check('joint-assessment-conclusions');
    await visit.goto(assessment);
    await says(page, 'Oma näkemys 1', 'Oma näkemys 2');
    await visit.check('joint-assessment-written');
    await visit.goto(`${assessment}/finish`);
    await visit.check('joint-assessment-missing');
    await visit.close();
  });

  test(`two workers write the same part of an assessment, ${viewName(view)}`, async () => {
    const t = words(view.language ?? 'fi');
    const visit = await open(browser, house, view);
    const { page } = visit;
    await enter(visit, AINO);
    const matter = await matterOf(visit, t, somebody('Pertti', 'Pari'));
    const assessment = await begin(visit, t, matter);
    await fill(page, { staff: new RegExp(VILLE) });
    await save(page, t('assessment-pair-do'));
    await page.getByText(t('assessment-done-paired')).waitFor();
    await visit.check('assessment-pair');
    const part = `${assessment}/parts/strengths`;
    const other = await open(browser, house, view);
    await enter(other, VILLE);
    await other.goto(part);
    await visit.goto(part);
    await fill(page, { view: 'Soittaa itse, kun on hätä.' });
    await save(page, t('assessment-save'));
    await page.waitForURL(/done=saved/);
    await fill(other.page, { view: 'Harrastaa kalastusta.' });
    await save(other.page, t('assessment-save'));
    await other.page.getByText(t('document-clash-safe')).waitFor();
    await says(other.page, 'Soittaa itse', 'Harrastaa kalastusta', AINO);
    await other.check('assessment-clash-two');
    // The one writes both into one; the other's page, opened before, meets the new text.
    await press(other.page, t('document-clash-edit'));
    await other.page.locator('[name="view"]').waitFor();
    await says(other.page, 'Soittaa itse');
    await other.check('assessment-clash-edit');
    await fill(other.page, { view: 'Soittaa itse, kun on hätä. Harrastaa kalastusta.' });
    await visit.goto(part);
    await save(other.page, t('assessment-save'));
    await other.page.waitForURL(/done=saved/);
    await fill(page, { view: 'Soittaa itse ja pyytää apua.' });
    await save(page, t('assessment-save'));
    await page.getByText(t('document-clash-safe')).waitFor();
    await press(page, t('document-clash-keep-theirs'));
    await page.waitForURL((url) => !url.pathname.endsWith('/strengths'));
    await visit.goto(assessment);
    await says(page, 'Soittaa itse, kun on hätä. Harrastaa kalastusta.');
    assert.ok(!(await text(page)).includes('pyytää apua'));
    await other.close();
    await visit.close();
  });

  test(`an expert of health needs the client's word, ${viewName(view)}`, async () => {
    const t = words(view.language ?? 'fi');
    const visit = await open(browser, house, view);
    const { page } = visit;
    await enter(visit, AINO);
    const assessment = await begin(visit, t, await matterOf(visit, t, somebody('Aila', 'Lupa')));
    await visit.goto(`${assessment}/sections/new`);
    const asked = { kind: 'health', question: 'Mikä lääkitys on käytössä?', staff: new RegExp(MILLA) };
    await fill(page, asked);
    await save(page, t('assessment-invite-save'));
    await refused(visit, ['permit']);
    await visit.check('assessment-permit-refused');
    await fill(page, { permit: 'permit' });
    await save(page, t('assessment-invite-save'));
    await refused(visit, ['permit_words']);
    await fill(page, { permit_words: 'Annettu tänään tapaamisessa, koskee lääkitystä' });
    await visit.check('assessment-permit', { full: true });
    await save(page, t('assessment-invite-save'));
    await page.getByText(t('assessment-done-invited')).waitFor();
    await says(page, MILLA, 'koskee lääkitystä');
    await visit.check('assessment-permitted');
    const expert = await open(browser, house, view);
    await enter(expert, MILLA);
    await expert.goto(assessment);
    await says(expert.page, t('assessment-own-section'), 'Mikä lääkitys on käytössä?');
    await expert.check('assessment-permitted-expert');
    await expert.close();
    await visit.close();
  });
}
