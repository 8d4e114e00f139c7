// A student's note waits for the tutor, is sent back with words, and is approved.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch, open, viewName } from '../lib/browser.mjs';
import { startNoste } from '../lib/house.mjs';
import { AINO, enter, fill, HANNA, press, refused, says, writeDown } from '../lib/people.mjs';
import { words } from '../lib/words.mjs';

const t = words('fi');
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
const main = (page) => page.locator('main');

for (const view of [{ width: 1280 }, { width: 390 }, { width: 390, script: false }]) {
  test(`a student's note, ${viewName(view)}`, async () => {
    const tutor = await open(browser, house, view);
    await enter(tutor, AINO);
    somebody += 1;
    await writeDown(tutor, { own_words: 'Postia ei uskalla avata', person_name: `Ilkka Haavisto${'abcd'[somebody]}`, municipality: '179' });
    await press(tutor.page, t('act-matter'));
    await tutor.page.waitForURL(/\/matter$/);
    await fill(tutor.page, { birth: `${somebody}.4.1975`, name: 'guidance' });
    await press(main(tutor.page), t('matter-link-save'));
    await tutor.page.waitForURL(/\/matters\/[0-9a-f-]{36}/);
    const matter = new URL(tutor.page.url()).pathname;
    const client = await tutor.page.locator('a[href^="/clients/"]').first().getAttribute('href');

    // The tutor names the student for the client, who has been told.
    await tutor.goto(client);
    await press(tutor.page, t('panel-students-add'));
    await tutor.page.waitForURL(/\/student$/);
    await fill(tutor.page, { student: { label: SOFIA } });
    await press(main(tutor.page), t('student-name-save'));
    await refused(tutor, ['told']);
    await tutor.check('student-name');
    await tutor.page.locator('#f-told').check();
    await press(main(tutor.page), t('student-name-save'));
    await tutor.page.waitForURL(/done=named/);
    await says(tutor.page, t('note-done-named'), SOFIA);

    // The student writes; the note waits.
    const student = await open(browser, house, view);
    await enter(student, SOFIA);
    await student.goto(`${matter}/notes/new`);
    assert.equal(await main(student.page).getByRole('button', { name: t('note-finish') }).count(), 0, 'a student finishes nothing');
    await fill(student.page, { what: 'home', body: 'Avattiin kolme kirjettä yhdessä.' });
    await student.check('student-note', { keep: true });
    await press(main(student.page), t('note-ask'));
    await student.page.waitForURL(/done=asked/);
    const note = new URL(student.page.url()).pathname;
    await says(student.page, t('note-done-asked'), AINO);
    await student.check('student-waits');

    // Work for the tutor, who sends it back with words.
    await tutor.goto('/notes');
    await says(tutor.page, t('notes-to-approve'), SOFIA);
    await tutor.goto(`${note}/approve`);
    await tutor.check('student-approve', { keep: true });
    await press(main(tutor.page), t('note-return'));
    await refused(tutor, ['words']);
    await fill(tutor.page, { words: 'Lisää asiakkaan omat sanat.' });
    await press(main(tutor.page), t('note-return'));
    await tutor.page.waitForURL(/done=returned/);
    await student.goto(`${note}/edit`);
    await says(student.page, t('note-sent-back'), 'Lisää asiakkaan omat sanat.');
    await student.check('student-sent-back');
    await fill(student.page, { body: 'Avattiin kolme kirjettä yhdessä. ”Ei se ollutkaan niin paha.”' });
    await press(main(student.page), t('note-ask'));
    await student.page.waitForURL(/done=asked/);
    await tutor.goto(`${note}/approve`);
    await press(main(tutor.page), t('note-approve'));
    await tutor.page.waitForURL(/done=approved/);
    await says(tutor.page, t('note-done-approved'), SOFIA);
    await student.goto(note);
    await says(student.page, `Hyväksyjä ${AINO}`, 'Ei se ollutkaan niin paha');
    await student.check('student-approved', { keep: true });
  });
}

test('the lead says who guides whom', async () => {
  const visit = await open(browser, house, { width: 1280 });
  await enter(visit, HANNA);
  await visit.goto('/students');
  await says(visit.page, SOFIA, AINO);
  await press(main(visit.page), t('students-save'));
  await refused(visit, ['student', 'tutor', 'until']);
  await visit.check('students', { keep: true });
});
