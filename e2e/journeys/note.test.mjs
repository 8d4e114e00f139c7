// A note: by a key from any page in three fields, on a phone after a visit, corrected, and never lost.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch, open, viewName, VIEWS } from '../lib/browser.mjs';
import { startNoste } from '../lib/house.mjs';
import { AINO, DRAFT_AFTER_END, enter, fill, press, refused, says, writeDown } from '../lib/people.mjs';
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
const main = (page) => page.locator('main');
const save = (page) => press(main(page), t('note-finish'));

/** A matter of Aino's with one client; gives its address. */
async function matter(visit) {
  const { page } = visit;
  somebody += 1;
  await writeDown(visit, { own_words: 'Vuokra rästissä', person_name: `Maija Koivuranta${'abcdefghij'[somebody]}`, municipality: '179' });
  await press(page, t('act-matter'));
  await page.waitForURL(/\/matter$/);
  await fill(page, { birth: `${somebody}.9.1982`, name: 'social_work' });
  await press(main(page), t('matter-link-save'));
  await page.waitForURL(/\/matters\/[0-9a-f-]{36}/);
  return new URL(page.url()).pathname;
}

for (const view of VIEWS) {
  test(`a note is written, mended, finished, corrected and found, ${viewName(view)}`, async () => {
    const visit = await open(browser, house, view);
    const { page } = visit;
    await enter(visit, AINO);
    const path = await matter(visit);

    // By key from the page one is on; without script by the link that the key presses.
    if (view.script && view.width === 1280) await page.keyboard.press('n');
    else await press(page.locator('header'), t('top-note'));
    await page.waitForURL(`**${path}/notes/new**`);
    assert.match(await page.locator('#f-when').inputValue(), /^\d+\.\d+\.\d{4} klo \d+\.\d\d$/, 'the moment is known');
    await visit.check('note-new', { keep: true });

    // What is wrong is told at its field, and nothing typed is lost.
    await fill(page, {
      what: 'home',
      body: 'Käytiin läpi avaamattomat kirjeet. ”Nukuin ekan kerran kunnolla.”',
      'next-1': 'Lähetä maksusuunnitelma vuokranantajalle',
      'by-1': '31.2.2026',
    });
    assert.equal(await page.locator('#f-place').count(), 1);
    assert.equal(await page.locator('#f-receiver').isVisible(), false, 'a kind asks only its own');
    await save(page);
    await refused(visit, ['by-1']);
    assert.match(await page.locator('#f-body').inputValue(), /Nukuin ekan/);
    await visit.check('note-refused', { keep: true });
    await fill(page, { 'by-1': '31.12.2026' });
    if (view.script) {
      await page.locator('#f-by-1').press('Control+Enter');
    } else await save(page);
    await page.waitForURL(/\/notes\/[0-9a-f-]{36}\?done=finished/);
    const note = new URL(page.url()).pathname;
    await says(page, t('note-what-home'), t('note-done-finished'), 'Lähetä maksusuunnitelma', AINO);
    assert.equal(await page.locator('.n-said').innerText(), '”Nukuin ekan kerran kunnolla.”');
    await visit.check('note-finished', { keep: true });

    // Corrected only with a reason; the old text stays.
    await press(page, t('note-correct-open'));
    await press(main(page), t('note-correct-save'));
    await refused(visit, ['reason']);
    await visit.check('note-correct');
    await fill(page, { reason: 'Summa puuttui' });
    await press(main(page), t('note-correct-save'));
    await page.waitForURL(/\/edit$/);
    await fill(page, { body: 'Käytiin läpi avaamattomat kirjeet. Rästi on 310 euroa.' });
    await save(page);
    await page.waitForURL(/done=finished/);
    await page.goto(`${house.origin}${note}/versions`);
    await says(page, 'Summa puuttui', 'Nukuin ekan', '310');
    await visit.check('note-versions', { keep: true });

    // The next note shows the one before and what is open; a tick tells it done.
    await visit.goto(`${path}/notes/new`);
    await says(page, t('note-previous'), 'Rästi on 310 euroa', 'Lähetä maksusuunnitelma');
    await fill(page, { what: 'call', body: 'Vuokranantaja vastasi.' });
    await page.getByLabel(/Lähetä maksusuunnitelma/).check();
    await save(page);
    await page.waitForURL(/done=finished/);
    await says(page, t('note-field-done'), 'Lähetä maksusuunnitelma');

    // A draft waits on one's own list.
    await visit.goto(`${path}/notes/new`);
    await fill(page, { body: 'Kesken jäänyt' });
    await press(main(page), t('note-keep'));
    await page.waitForURL(/\/notes\?done=draft/);
    await says(page, t('note-done-draft'), t('notes-drafts'), 'Maija Koivuranta');
    await visit.check('notes-list', { keep: true });
    await visit.close?.();
  });
}

test('a kind shows its own fields when it is chosen', async () => {
  const visit = await open(browser, house, { width: 390 });
  const { page } = visit;
  await enter(visit, AINO);
  const path = await matter(visit);
  await visit.goto(`${path}/notes/new`);
  for (const [what, field] of [['disclosure', 'receiver'], ['information', 'source'], ['service_end', 'service'], ['cancelled', 'reason']]) {
    await fill(page, { what });
    assert.equal(await page.locator(`#f-${field}`).isVisible(), true, what);
    assert.equal(await page.locator('#f-decided_by').isVisible(), false);
  }
  await fill(page, { what: 'disclosure', body: 'Tiedot annettu' });
  await save(page);
  await refused(visit, ['given_on', 'receiver', 'ground', 'purpose']);
  await visit.check('note-disclosure', { keep: true });
});

test('what is written is kept within five seconds, through a cut network and an ended session', async () => {
  const visit = await open(browser, house, { width: 1280, allow: [DRAFT_AFTER_END, /draft/, /ERR_INTERNET/] });
  const { page } = visit;
  await enter(visit, AINO);
  const path = await matter(visit);
  await visit.goto(`${path}/notes/new`);
  await page.locator('#f-body').fill('Viiden sekunnin teksti');
  const state = page.locator('[data-save-state]');
  await state.filter({ hasText: /tallessa klo/ }).waitFor({ timeout: 5_000 });
  await visit.goto(`${path}/notes/new`);
  assert.equal(await page.locator('#f-body').inputValue(), 'Viiden sekunnin teksti');
  await visit.check('note-restored');
  // The network is cut: the text waits here and is saved when it is back.
  await page.context().setOffline(true);
  await page.locator('#f-body').fill('Kirjoitettu ilman verkkoa');
  await state.filter({ hasText: t('draft-offline') }).waitFor();
  await page.context().setOffline(false);
  await state.filter({ hasText: /tallessa klo/ }).waitFor();
  // The server is killed and comes back: the text is there.
  await house.stop('SIGKILL');
  await house.restart();
  await visit.goto(`${path}/notes/new`);
  assert.equal(await page.locator('#f-body').inputValue(), 'Kirjoitettu ilman verkkoa');
  // The session ends while one writes: the form is held until one is back.
  const other = await page.context().newPage();
  await other.goto(`${house.origin}/notes`);
  await press(other, t('nav-sign-out'));
  await other.waitForLoadState();
  await save(page);
  await page.getByRole('heading', { name: t('public-resend-signed-out') }).waitFor();
  await press(page, t('public-held-sign-in'));
  await page.getByRole('button', { name: new RegExp(AINO) }).click();
  await page.waitForURL(/\/sign-in\/held\//);
  await press(page, t('public-resend-again'));
  await page.waitForURL(/done=finished/);
  await says(page, 'Kirjoitettu ilman verkkoa');
});

test('two tabs on the same draft: both texts are shown and one chooses', async () => {
  const visit = await open(browser, house, { width: 1280 });
  const { page } = visit;
  await enter(visit, AINO);
  const path = await matter(visit);
  await visit.goto(`${path}/notes/new`);
  await fill(page, { body: 'Alku' });
  await press(main(page), t('note-keep'));
  await page.waitForURL(/done=draft/);
  const edit = await page.locator('a[href$="/edit"]').first().getAttribute('href');
  await visit.goto(edit);
  const other = await page.context().newPage();
  await other.goto(`${house.origin}${edit}`);
  await other.locator('#f-body').fill('Alku, jota jatkoin toisessa välilehdessä');
  await press(main(other), t('note-keep'));
  await other.waitForURL(/done=draft/);
  await other.close();
  await page.locator('#f-body').fill('Alku, jota jatkoin täällä');
  await save(page);
  await page.getByText(t('document-clash-title')).waitFor();
  await says(page, t('document-clash-safe'), 'toisessa välilehdessä', 'jatkoin täällä');
  await visit.check('note-clash', { keep: true });
  await fill(page, { body: 'Alku, jota jatkoin täällä ja toisessa välilehdessä' });
  await save(page);
  await page.waitForURL(/done=finished/);
  await says(page, 'täällä ja toisessa välilehdessä');
});
