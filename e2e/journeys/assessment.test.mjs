// The assessment from its beginning to a corrected version: a pair, an expert, a home at risk, special support.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch, open, viewName } from '../lib/browser.mjs';
import { startNoste } from '../lib/house.mjs';
import { AINO, confirm, enter, fill, HANNA, press, refused, says, text, VILLE, writeDown } from '../lib/people.mjs';
import { words } from '../lib/words.mjs';

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

/** A matter of a new client in the worker's hands; gives its path. */
async function matterOf(visit, t) {
  somebody += 1;
  const family = `Haapaniemi${'abcdefgh'[somebody]}`;
  await writeDown(visit, { own_words: 'Vuokra on maksamatta ja kirjeet avaamatta', person_name: `Reijo ${family}` });
  await press(visit.page, t('act-matter'));
  await fill(visit.page, { birth: `${somebody}.9.1979` });
  await save(visit.page, t('matter-link-save'));
  await visit.page.waitForURL(/\/matters\/[0-9a-f-]{36}/);
  return { matter: new URL(visit.page.url()).pathname, name: `Reijo ${family}` };
}

/** Writes the least that the law asks for. */
async function least(visit, t, path) {
  const { page } = visit;
  await visit.goto(path);
  await page.locator('a[href*="/parts/own-"]').first().click();
  await fill(page, { own: 'Haluan pitää kotini ja nukkua yöni' });
  await save(page, t('assessment-save'));
  await visit.goto(`${path}/parts/conclusions`);
  await fill(page, {
    conclusions: 'Tarvitsee sosiaaliohjausta asumisen turvaamiseen.',
    continues: 'yes',
    own_worker: 'yes',
    plan: 'yes',
  });
  await save(page, t('assessment-save'));
}

for (const view of [{ width: 1280 }, { width: 390 }, { width: 1280, script: false }, { width: 390, language: 'sv' }, { width: 1280, language: 'en' }]) {
  test(`an assessment from beginning to a corrected version, ${viewName(view)}`, async () => {
    const visit = await open(browser, house, view);
    const { page } = visit;
    const t = words(view.language ?? 'fi');
    await enter(visit, AINO);
    const { matter, name } = await matterOf(visit, t);

    // What was told when the matter began stands beside, and is not asked again.
    await press(page, t('panel-assessments-add'));
    await says(page, name, 'Vuokra on maksamatta');
    await visit.check('assessment-begin');
    await save(page, t('assessment-begin-save'));
    await page.waitForURL(/\/assessments\/[0-9a-f-]{36}/);
    const path = new URL(page.url()).pathname;
    await says(page, t('assessment-done-begun'), t('assessment-stage-picture'), t('assessment-not-asked'));
    await visit.check('assessment-begun');

    // Only what is needed is opened, where the client wishes to begin.
    await visit.goto(`${path}/parts/areas`);
    await fill(page, { open: 'housing', wish: 'housing' });
    await fill(page, { open: 'everyday' });
    await visit.check('assessment-areas');
    await save(page, t('assessment-save-next'));
    await page.waitForURL(/\/parts\/housing/);
    await fill(page, { own: 'Ulosotosta tuli kirje', eviction: 'enforcement', eviction_on: '31.2.2026' });
    await save(page, t('assessment-save'));
    await refused(visit, ['eviction_on']);
    assert.equal(await page.locator('[name="own"]').inputValue(), 'Ulosotosta tuli kirje');
    await visit.check('assessment-housing', { keep: true });
    await fill(page, { eviction_on: '15.12.2036', need: 'temporary', view: 'Vuokranantaja suostuu maksusuunnitelmaan.' });
    await save(page, t('assessment-save-next'));
    await page.waitForURL(/\/parts\/everyday/);
    await fill(page, { week_1: 'Nukkuu iltapäivään', week_5: 'Kauppa', need: 'no' });
    await visit.check('assessment-everyday');
    await save(page, t('assessment-save'));
    await says(page, t('assessment-eviction-enforcement'));
    await visit.goto(matter);
    await says(page, t('panel-assessments'), t('assessment-eviction-enforcement'));

    // What is missing is told with the way there.
    await visit.goto(`${path}/finish`);
    await says(page, t('assessment-finish-missing'));
    await visit.check('assessment-missing');
    await least(visit, t, path);

    // An expert is asked for one section, and sees that alone.
    await visit.goto(`${path}/sections/new`);
    await save(page, t('assessment-invite-save'));
    await refused(visit, ['kind', 'question', 'staff']);
    await fill(page, { kind: 'employment', question: 'Onko työnhaku voimassa', staff: new RegExp(VILLE) });
    await visit.check('assessment-expert');
    await save(page, t('assessment-invite-save'));
    await says(page, t('assessment-done-invited'), VILLE);
    const second = await open(browser, house, view);
    await enter(second, VILLE);
    await second.goto(path);
    await says(second.page, t('assessment-own-section'));
    assert.ok(!(await text(second.page)).includes('Ulosotosta tuli kirje'), 'the rest is not shown');
    await second.check('assessment-own-section');
    await press(second.page, t('assessment-write'));
    await fill(second.page, { view: 'Työnhaku on voimassa vuoden loppuun.' });
    await save(second.page, t('assessment-save'));
    await press(second.page, t('assessment-section-send'));
    await says(second.page, t('assessment-done-sent'));

    // Finished, and corrected with its reason: the difference can be read.
    await visit.goto(`${path}/finish`);
    await visit.check('assessment-finish');
    await save(page, t('assessment-finish-save'));
    if (/\/sign-in\/confirm/.test(page.url())) await confirm(visit, { language: view.language ?? 'fi' });
    await page.waitForURL(/done=finished/);
    await says(page, t('assessment-state-finished'), 'Työnhaku on voimassa');
    await visit.check('assessment-finished', { keep: true });
    await press(page, t('assessment-correct-open'));
    await save(page, t('assessment-correct-save'));
    await refused(visit, ['reason']);
    await fill(page, { reason: 'Muuttopäivä oli väärin' });
    await save(page, t('assessment-correct-save'));
    await visit.goto(`${path}/parts/housing`);
    await fill(page, { eviction_on: '16.12.2036' });
    await save(page, t('assessment-save'));
    await visit.goto(`${path}/finish`);
    await save(page, t('assessment-finish-save'));
    await page.waitForURL(/done=finished/);
    await visit.goto(`${path}/versions/2`);
    await says(page, 'Muuttopäivä oli väärin', t('assessment-version-changed'));
    assert.equal(await page.locator('del').first().innerText(), '15.12.2036');
    await visit.check('assessment-version', { keep: true });
    await visit.goto(`${path}/versions`);
    await visit.check('assessment-versions');

    // On paper, after saying what for.
    await visit.goto(`${path}/print`);
    await fill(page, { purpose: 'other' });
    await save(page, t('assessment-print-show'));
    await refused(visit, ['words']);
    await visit.check('assessment-print-ask');
    await fill(page, { purpose: 'client' });
    await save(page, t('assessment-print-show'));
    await page.locator('.n-copy').waitFor();
    await says(page, name, 'Ulosotosta tuli kirje', 'Työnhaku on voimassa');
    await visit.check('assessment-print');

    // It was of the wrong person: one asks, the lead reads it, refuses at first, and voids it when asked again.
    await visit.goto(`${path}/void`);
    await save(page, t('assessment-void-save'));
    await refused(visit, ['reason']);
    await visit.check('assessment-void');
    await fill(page, { reason: 'Kirjattu samannimiselle' });
    await save(page, t('assessment-void-save'));
    await says(page, t('assessment-done-void'), 'Kirjattu samannimiselle');
    const lead = await open(browser, house, view);
    await enter(lead, HANNA);
    await lead.goto(`${path}/void/answer`);
    await says(lead.page, 'Kirjattu samannimiselle', 'Ulosotosta tuli kirje');
    await lead.check('assessment-void-answer');
    await save(lead.page, t('document-void-refuse-save'));
    await refused(lead, ['words']);
    await fill(lead.page, { words: 'Onko tämä varmasti toinen ihminen' });
    await save(lead.page, t('document-void-refuse-save'));
    await says(lead.page, 'Onko tämä varmasti toinen ihminen', t('document-void-refused-why'));
    await lead.check('assessment-void-refused');
    await visit.goto(path);
    await says(page, 'Onko tämä varmasti toinen ihminen');
    await visit.check('assessment-void-told');
    await visit.goto(`${path}/void`);
    await fill(page, { reason: 'Kirjattu samannimiselle' });
    await save(page, t('assessment-void-save'));
    await lead.goto(`${path}/void/answer`);
    await save(lead.page, t('document-void-do-assessment'));
    await lead.page.getByText('Kirjattu samannimiselle').waitFor();
    assert.ok(!(await text(lead.page)).includes('Ulosotosta tuli kirje'));
    await lead.check('assessment-voided');
    await lead.close();
    await second.close();
    await visit.close();
  });
}

test('with special support a social worker in public office finishes, asked by one press', async () => {
  const t = words('fi');
  const visit = await open(browser, house, { width: 1280 });
  const { page } = visit;
  await enter(visit, VILLE);
  const { matter } = await matterOf(visit, t);
  await visit.goto(`${matter}/assessments/new`);
  await save(page, t('assessment-begin-save'));
  await page.waitForURL(/\/assessments\/[0-9a-f-]{36}/);
  const path = new URL(page.url()).pathname;
  await visit.goto(`${path}/parts/areas`);
  await fill(page, { open: 'authorities' });
  await save(page, t('assessment-save-next'));
  await fill(page, { own: 'En jaksa jonottaa puhelimessa', need: 'long_term' });
  await save(page, t('assessment-save'));
  await least(visit, t, path);
  await visit.goto(path);
  await press(page, t('assessment-support-judge'));
  await save(page, t('support-save'));
  await refused(visit, ['grounds']);
  await fill(page, { grounds: 'many_needs', words: 'Ei saa aikaa eikä pääse perille.' });
  await visit.check('special-support', { keep: true });
  await save(page, t('support-save'));
  await says(page, t('assessment-done-support'), t('support-ground-many_needs'));
  await visit.goto(`${path}/finish`);
  await says(page, t('assessment-special-words'));
  await visit.check('assessment-special');
  await fill(page, { staff: new RegExp(`^${AINO}`) });
  await save(page, t('assessment-ask'));
  await says(page, t('assessment-done-asked'), AINO);
  const second = await open(browser, house, { width: 1280 });
  await enter(second, AINO);
  await second.goto(`${path}/finish`);
  await save(second.page, t('assessment-finish-save'));
  if (/\/sign-in\/confirm/.test(second.page.url())) await confirm(second);
  await second.page.waitForURL(/done=finished/);
  await says(second.page, t('assessment-state-finished'));
  await second.close();
  await visit.close();
});

test('two tabs write the same part: both texts are shown, none is lost', async () => {
  const t = words('fi');
  const visit = await open(browser, house, { width: 1280 });
  await enter(visit, AINO);
  const { matter } = await matterOf(visit, t);
  await visit.goto(`${matter}/assessments/new`);
  await save(visit.page, t('assessment-begin-save'));
  await visit.page.waitForURL(/\/assessments\/[0-9a-f-]{36}/);
  const part = `${new URL(visit.page.url()).pathname}/parts/strengths`;
  const other = await open(browser, house, { width: 390 });
  await enter(other, AINO);
  await other.goto(part);
  await visit.goto(part);
  await fill(visit.page, { view: 'Soittaa itse, kun on hätä.' });
  await save(visit.page, t('assessment-save'));
  await visit.page.waitForURL(/done=saved/);
  await fill(other.page, { view: 'Harrastaa kalastusta.' });
  await save(other.page, t('assessment-save'));
  await says(other.page, t('document-clash-safe'), 'Soittaa itse', 'Harrastaa kalastusta');
  await other.check('assessment-clash', { keep: true, expect: [409] });
  await press(other.page, t('document-clash-edit'));
  await says(other.page, 'Soittaa itse');
  await fill(other.page, { view: 'Soittaa itse, kun on hätä. Harrastaa kalastusta.' });
  await save(other.page, t('assessment-save'));
  await other.page.waitForURL(/done=saved/);
  await says(other.page, 'Soittaa itse, kun on hätä. Harrastaa kalastusta.');
  await other.close();
  await visit.close();
});
