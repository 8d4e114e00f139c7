// A student writes a plan and an assessment: each waits for the tutor, comes back with words, and is approved.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch, open, viewName } from '../lib/browser.mjs';
import { startNoste } from '../lib/house.mjs';
import { AINO, confirm, enter, fill, inDays, press, refused, says, writeDown } from '../lib/people.mjs';
import { words } from '../lib/words.mjs';

const SOFIA = 'Sofia Lind';
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
const path = (page) => new URL(page.url()).pathname;

/** A client of the tutor's with a matter, for whom the tutor has named the student. */
async function guided(tutor, t) {
  const { page } = tutor;
  somebody += 1;
  await writeDown(tutor, { own_words: 'Kirjeet avaamatta', person_name: `Ilona Harjula${'abcdefgh'[somebody]}`, municipality: '179' }, { language: tutor.view.language });
  await press(page, t('act-matter'));
  await page.waitForURL(/\/matter$/);
  await fill(page, { birth: `${somebody}.5.1977`, name: 'social_work' });
  await save(page, t('matter-link-save'));
  await page.waitForURL(/\/matters\/[0-9a-f-]{36}/);
  const matter = path(page);
  const client = await page.locator('a[href^="/clients/"]').first().getAttribute('href');
  await tutor.goto(`${client}/student`);
  await fill(page, { student: { label: SOFIA } });
  await page.locator('#f-told').check();
  await save(page, t('student-name-save'));
  await page.waitForURL(/done=named/);
  return matter;
}

for (const view of [{ width: 1280 }, { width: 390, script: false }, { width: 390, language: 'sv' }, { width: 1280, language: 'en' }]) {
  test(`a student's plan comes back with words and is approved, ${viewName(view)}`, async () => {
    const t = words(view.language ?? 'fi');
    const tutor = await open(browser, house, view);
    await enter(tutor, AINO);
    const matter = await guided(tutor, t);
    await tutor.goto(`${matter}/plans/new`);
    await save(tutor.page, t('plan-new-save'));
    await tutor.page.getByText(t('plan-done-begun')).waitFor();
    const plan = path(tutor.page);

    const student = await open(browser, house, view);
    const { page } = student;
    await enter(student, SOFIA);
    await student.goto(`${plan}/goals/new`);
    await fill(page, { words: 'Haluan avata postini itse', 'what-1': 'Avataan posti yhdessä', 'due-1': inDays(6) });
    await save(page, t('plan-goal-new-save'));
    await page.getByText(t('plan-done-goal-new')).waitFor();
    assert.equal(await page.getByRole('link', { name: t('plan-finish-open') }).count(), 0, 'a student confirms nothing');
    await student.check('tutored-plan');
    await press(page, t('plan-ask-open'));
    await page.waitForURL(/\/ask$/);
    await student.check('tutored-plan-ask');
    await save(page, t('plan-ask-save'));
    await page.getByText(t('plan-done-ask')).waitFor();
    assert.equal(await page.getByRole('link', { name: t('plan-goal-new-open') }).count(), 0, 'what waits is not written');
    await student.check('tutored-plan-waits');

    // Work for the tutor, who reads it and sends it back with words.
    await tutor.goto('/desk');
    await says(tutor.page, t('document-work-approve-plan', { who: SOFIA }));
    await tutor.check('tutored-desk');
    await tutor.goto(plan);
    await says(tutor.page, 'Haluan avata postini itse');
    await tutor.check('tutored-plan-to-approve');
    await press(tutor.page, t('plan-return-open'));
    await tutor.page.waitForURL(/\/return$/);
    await save(tutor.page, t('plan-return-save'));
    await refused(tutor, ['words']);
    await tutor.check('tutored-plan-return');
    await fill(tutor.page, { words: 'Kirjaa myös, kuinka usein tavataan.' });
    await save(tutor.page, t('plan-return-save'));
    await tutor.page.getByText(t('plan-done-return')).waitFor();

    await student.goto('/desk');
    await says(page, t('document-work-sent-back-plan', { words: 'Kirjaa myös, kuinka usein tavataan.' }));
    await student.goto(plan);
    await says(page, t('plan-sent-back'), 'Kirjaa myös, kuinka usein tavataan.');
    await student.check('tutored-plan-sent-back');
    await press(page, t('plan-part-together'));
    await fill(page, { rhythm: 'Joka viikko' });
    await save(page, t('plan-part-save'));
    await page.getByText(t('plan-done-part')).waitFor();
    await student.goto(`${plan}/ask`);
    await save(page, t('plan-ask-save'));
    await page.getByText(t('plan-done-ask')).waitFor();

    await tutor.goto(plan);
    await press(tutor.page, t('plan-approve-open'));
    await tutor.page.waitForURL(/\/finish$/);
    await fill(tutor.page, { with: 'yes', review_on: inDays(90) });
    await tutor.check('tutored-plan-approve');
    await save(tutor.page, t('plan-finish-save'));
    await tutor.page.getByText(t('plan-done-finish')).waitFor();
    await student.goto(plan);
    await says(page, 'Joka viikko', 'Haluan avata postini itse');
    await student.check('tutored-plan-approved');
    await student.close();
    await tutor.close();
  });
}

/** Writes what the law asks for. */
async function least(visit, t, assessment) {
  const { page } = visit;
  await visit.goto(assessment);
  await page.locator('main a[href*="/parts/own-"]').first().click();
  await page.waitForURL(/\/parts\/own-/);
  await fill(page, { own: 'Haluan selvitä postin kanssa' });
  await save(page, t('assessment-save'));
  await page.waitForURL(/done=saved/);
  await visit.goto(`${assessment}/parts/conclusions`);
  await fill(page, { conclusions: 'Tarvitsee ohjausta postin kanssa.', continues: 'yes', own_worker: 'yes', plan: 'yes' });
  await save(page, t('assessment-save'));
  await page.waitForURL(/done=saved/);
}

for (const view of [{ width: 390 }, { width: 1280, script: false }, { width: 1280, language: 'sv' }, { width: 390, language: 'en' }]) {
  test(`a student's assessment comes back with words and is approved, ${viewName(view)}`, async () => {
    const t = words(view.language ?? 'fi');
    const tutor = await open(browser, house, view);
    await enter(tutor, AINO);
    const matter = await guided(tutor, t);
    await tutor.goto(`${matter}/assessments/new`);
    await save(tutor.page, t('assessment-begin-save'));
    await tutor.page.waitForURL(/\/assessments\/[0-9a-f-]{36}/);
    const assessment = path(tutor.page);

    const student = await open(browser, house, view);
    const { page } = student;
    await enter(student, SOFIA);
    await student.goto(`${assessment}/parts/areas`);
    await fill(page, { open: 'everyday' });
    await save(page, t('assessment-save-next'));
    await page.waitForURL(/\/parts\/everyday/);
    await fill(page, { own: 'En saa kirjeitä auki', need: 'temporary' });
    await save(page, t('assessment-save'));
    await page.waitForURL(/done=saved/);
    await least(student, t, assessment);
    await student.goto(assessment);
    await student.check('tutored-assessment');
    await save(page, t('assessment-approval', { name: AINO }));
    await page.getByText(t('assessment-done-approval')).waitFor();
    await student.check('tutored-assessment-waits');

    await tutor.goto('/desk');
    await says(tutor.page, t('document-work-approve-assessment', { who: SOFIA }));
    await tutor.goto(assessment);
    await says(tutor.page, 'En saa kirjeitä auki');
    await tutor.check('tutored-assessment-to-approve');
    await press(tutor.page, t('assessment-return-open'));
    await tutor.page.waitForURL(/\/return$/);
    await save(tutor.page, t('assessment-return-save'));
    await refused(tutor, ['reason']);
    await tutor.check('tutored-assessment-return');
    await fill(tutor.page, { reason: 'Lisää, mikä on jo onnistunut.' });
    await save(tutor.page, t('assessment-return-save'));
    await tutor.page.getByText(t('assessment-done-return')).waitFor();

    await student.goto(assessment);
    await says(page, t('assessment-sent-back'), 'Lisää, mikä on jo onnistunut.');
    await student.check('tutored-assessment-sent-back');
    await student.goto(`${assessment}/parts/strengths`);
    await fill(page, { view: 'Soittaa itse, kun on hätä.' });
    await save(page, t('assessment-save'));
    await page.waitForURL(/done=saved/);
    await student.goto(assessment);
    await save(page, t('assessment-approval', { name: AINO }));
    await page.getByText(t('assessment-done-approval')).waitFor();

    await tutor.goto(`${assessment}/finish`);
    await tutor.check('tutored-assessment-approve');
    await save(tutor.page, t('assessment-approve-save'));
    await tutor.page.waitForURL(/done=finished|\/sign-in\/confirm/);
    if (/\/sign-in\/confirm/.test(tutor.page.url())) await confirm(tutor);
    await tutor.page.waitForURL(/done=finished/);
    await student.goto(assessment);
    await says(page, t('assessment-state-finished'), 'Soittaa itse, kun on hätä.');
    await student.check('tutored-assessment-approved');
    await student.close();
    await tutor.close();
  });
}
