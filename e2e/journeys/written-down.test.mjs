// A worker writes down what a person said: nothing typed is lost, and who wrote it answers for it.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch, open, viewName } from '../lib/browser.mjs';
import { startNoste } from '../lib/house.mjs';
import { enter, fill, HANNA, JAANA, look, MILLA, press, receipt, refused, save, says, unhurried, writeDown } from '../lib/people.mjs';
import { beginning, words } from '../lib/words.mjs';

const t = words('fi');
const SAVED = new RegExp(beginning('fi', 'draft-saved'));
const RESTORED = new RegExp(beginning('fi', 'draft-restored'));

let browser, house;
before(async () => {
  [browser, house] = await Promise.all([launch(), startNoste({ args: ['--no-limits'] })]);
});
after(async () => {
  await browser?.close();
  await house?.close();
});

/** Waits until the page says by itself that the draft is safe. How soon is the script's own limit: a busy machine is late. */
async function draftSaved(page) {
  await page.locator('[data-save-state]', { hasText: SAVED }).waitFor();
}

for (const view of [{ width: 1280 }, { width: 390 }]) {
  test(`a draft outlives the tab and the server, ${viewName(view)}`, async () => {
    const visit = await open(browser, house, { ...view, allow: [/answer 5\d\d: POST .*\/drafts/] });
    const said = 'Kävi sote-keskuksessa. Sanoi, ettei ole syönyt kunnolla viikkoon.';
    await enter(visit, MILLA);
    await visit.goto('/contacts/new');
    await visit.check('new-empty');

    // Typed text is safe within five seconds, without a pause in typing.
    await fill(visit.page, { own_words: said, person_name: 'Eino Luonnos', phone: '040 123 4567' });
    await draftSaved(visit.page);
    await visit.check('new-draft');

    // The tab is closed; the text is there in the next one.
    const first = visit.page;
    visit.page = await first.context().newPage();
    await visit.listen();
    await first.close();
    await visit.goto('/contacts/new');
    await visit.page.getByText(RESTORED).waitFor();
    assert.equal(await visit.page.locator('#f-own_words').inputValue(), said);
    assert.equal(await visit.page.locator('#f-phone').inputValue(), '040 123 4567');
    await visit.check('new-restored');

    // The server is killed, as in a power cut, and started again on the same data.
    const more = `${said} Lapsi on mukana.`;
    await visit.page.locator('[data-save-state]').evaluate((one) => { one.textContent = ''; });
    await fill(visit.page, { own_words: more });
    await draftSaved(visit.page);
    await house.stop('SIGKILL');
    await house.restart();
    await visit.goto('/contacts/new');
    assert.equal(await visit.page.locator('#f-own_words').inputValue(), more, 'the draft outlived the server');

    // Started from empty: the draft is gone for good.
    await press(visit.page, t('draft-discard'));
    await visit.page.waitForURL(/\/contacts\/new/);
    assert.equal(await visit.page.locator('#f-own_words').inputValue(), '');
    await visit.close();
  });
}

for (const view of [{ width: 1280 }, { width: 390 }, { width: 390, script: false }]) {
  test(`a visit of a couple written down with a code, ${viewName(view)}`, async () => {
    const visit = await open(browser, house, view);
    const said = 'Olemme molemmat jääneet työttömiksi. Emme tiedä, mitä tukea voi hakea.';
    await enter(visit, MILLA);
    await visit.goto('/contacts/new');
    await fill(visit.page, {
      own_words: said, person_name: 'Aili ja Onni Pari', parties: 'couple', door: 'visit', municipality: '179', theme: 'money', urgency: 'none', assisted: 'yes', give_code: 'yes',
    });
    // A health professional goes by the person's consent, or says why there is none (SHL 35 §).
    await save(visit.page);
    await refused(visit, ['authority_ground']);
    await visit.check('new-consent');
    await fill(visit.page, { authority_ground: 'consent' });
    await save(visit.page);
    await visit.page.locator('.n-code').waitFor();
    const code = (await visit.page.locator('.n-code').innerText()).trim();
    assert.match(code, /^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}$/);
    await visit.check('written');
    await press(visit.page, t('written-open'));
    await visit.page.waitForURL(/\/contacts\/[0-9a-f-]{36}/);
    await says(visit.page, said, 'Aili ja Onni Pari', t('parties-couple'), MILLA, t('fact-assisted'));
    await visit.check('written-contact');

    // The couple sees with the code that Milla answers.
    const sender = await open(browser, house, view);
    await look(sender, code);
    await says(sender.page, MILLA, said);
    assert.equal(await sender.page.locator('input[name=parties][value=couple]').isChecked(), true);
    await sender.close();
    await visit.close();
  });

  test(`a notification by an authority, SHL 35 §, ${viewName(view)}`, async () => {
    const visit = await open(browser, house, view);
    await enter(visit, JAANA);
    await visit.goto('/contacts/new');
    await fill(visit.page, { kind: 'notification', door: 'authority', own_words: `Partio tapasi miehen kotikäynnillä. Posti on lukematta, ja arki on jäänyt. (${viewName(view)})`, urgency: 'today' });
    await save(visit.page);
    await refused(visit, ['authority', 'authority_ground']);
    await visit.check('new-refused');
    await fill(visit.page, { authority: 'Sisä-Suomen poliisilaitos', authority_contact: '0295 000 000', authority_ground: 'unable', urgency: 'today', person_name: 'Reino Ilmoitus' });
    await save(visit.page);
    await visit.page.getByText(t('done-written')).waitFor();
    await says(visit.page, 'Sisä-Suomen poliisilaitos', t('authority-ground-unable'), 'Reino Ilmoitus');
    await visit.check('notification-written');

    // The same by the public form, from the authority itself.
    await visit.goto('/fi/ilmoitus');
    const opened = Date.now();
    await fill(visit.page, {
      words: 'Asukas ei avaa ovea, ja posti kertyy.', name: 'Reino Ilmoitus', municipality: '179', organisation: 'Vuokratalot Oy', notifier: 'Isännöitsijä', 'notifier-phone': '014 123 456', ground: 'unable',
    });
    await visit.check('notify');
    await unhurried(opened);
    await press(visit.page, t('public-notify-send'));
    await receipt(visit.page);
    await visit.check('notified');
    await visit.close();
  });

  test(`an anonymous caller stays unknown and is advised, ${viewName(view)}`, async () => {
    const visit = await open(browser, house, view);
    await enter(visit, JAANA);
    await writeDown(visit, { own_words: `Soittaja kysyi, mistä saa ruokaa viikonlopuksi. Ei halunnut kertoa nimeään. (${viewName(view)})`, door: 'phone', urgency: 'today' });
    await visit.page.getByText(t('done-written')).waitFor();
    await says(visit.page, t('person-anonymous'));
    await press(visit.page, t('act-end'));
    await visit.page.waitForURL(/\/end/);

    // "Given a number" is no end: the caller is closed with what was advised, and only so.
    await fill(visit.page, { ending: 'unknown_caller' });
    await visit.check('end-unknown');
    await save(visit.page);
    await refused(visit, ['advised']);
    const advised = 'Kerroin seurakunnan ruokajaosta perjantaina ja että voi soittaa meille uudelleen nimettömänä.';
    await fill(visit.page, { advised });
    await save(visit.page);
    await visit.page.getByText(t('done-ended')).waitFor();
    await says(visit.page, advised, t('ending-unknown_caller'));
    await visit.check('ended-unknown');
    await visit.close();
  });
}

test('a known person cannot be closed as an unknown caller', async () => {
  const visit = await open(browser, house, { width: 1280 });
  await enter(visit, HANNA);
  await writeDown(visit, { own_words: 'Kysyi perhetyöstä.', person_name: 'Tuttu Henkilö', phone: '040 111 2222', urgency: 'none' });
  await press(visit.page, t('act-end'));
  await visit.page.waitForURL(/\/end/);
  await fill(visit.page, { ending: 'unknown_caller', advised: 'Neuvoin soittamaan toisaalle.' });
  await save(visit.page);
  await visit.page.locator('#error-summary', { hasText: t('refused-person-known') }).waitFor();
  assert.equal(await visit.page.locator('#f-advised').inputValue(), 'Neuvoin soittamaan toisaalle.', 'the text is kept');
  await visit.check('end-refused');
  await visit.close();
});
