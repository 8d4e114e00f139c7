// When something goes wrong: every form sent empty or with something impossible, two people at the same time, a session
// that ended in the middle of writing, a network that was cut. Nothing typed is ever lost.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch, open, viewName } from '../lib/browser.mjs';
import { startNoste } from '../lib/house.mjs';
import { AINO, api, contactId, DRAFT_AFTER_END, enter, fill, HANNA, JAANA, look, press, refused, row, save, says, VILLE, writeDown } from '../lib/people.mjs';
import { beginning, words } from '../lib/words.mjs';

const t = words('fi');
const SAVED = new RegExp(beginning('fi', 'draft-saved'));
let browser, house;
before(async () => {
  [browser, house] = await Promise.all([launch(), startNoste({ args: ['--no-limits'] })]);
});
after(async () => {
  await browser?.close();
  await house?.close();
});

const value = (page, name) => page.locator(`#f-${name}`).inputValue();

for (const view of [{ width: 390 }, { width: 1280 }, { width: 390, script: false }]) {
  test(`public forms, empty and impossible, ${viewName(view)}`, async () => {
    const visit = await open(browser, house, view);
    const { page } = visit;
    await visit.goto('/fi/yhteydenotto');
    await press(page, t('public-contact-send'));
    await refused(visit, ['words', 'phone']);
    await visit.check('error-contact');
    await page.locator('#error-summary a').first().click();
    if (view.script !== false) assert.equal(await page.evaluate(() => document.activeElement?.id), 'f-words', 'the summary leads to the field');
    await fill(page, { words: 'Tarvitsen apua muuttoon.', way: 'call', phone: 'ei ole', name: 'Virhe Testaaja' });
    await press(page, t('public-contact-send'));
    await refused(visit, ['phone']);
    assert.equal(await value(page, 'words'), 'Tarvitsen apua muuttoon.');
    assert.equal(await value(page, 'phone'), 'ei ole');
    assert.equal(await value(page, 'name'), 'Virhe Testaaja');
    await fill(page, { words: 'x'.repeat(5_100), way: 'code', phone: '' });
    await press(page, t('public-contact-send'));
    await refused(visit, ['words']);
    assert.equal((await value(page, 'words')).length, 5_100, 'the whole long text is kept');

    await visit.goto('/fi/ilmoitus');
    await press(page, t('public-notify-send'));
    await page.locator('#f-words-error').waitFor();
    await visit.check('error-notify');
    await fill(page, { words: 'Naapuri ei jaksa.', organisation: 'Poliisi', ground: 'unable' });
    await press(page, t('public-notify-send'));
    await page.locator('#error-summary').waitFor();
    assert.equal(await value(page, 'words'), 'Naapuri ei jaksa.');
    assert.equal(await value(page, 'organisation'), 'Poliisi');

    await visit.goto('/fi/tunnus');
    await press(page, t('public-code-open'));
    await refused(visit, ['code']);
    const code = await api(house, { ownWords: 'Koe tyhjistä lomakkeista.', answerWay: 'code', municipality: '179' });
    await look(visit, code);
    await press(page, t('public-state-message-send'));
    await refused(visit, ['message']);
    await visit.check('error-state');

    // A page that does not exist, and one that nobody may see.
    for (const where of ['/fi/eiole', '/contacts/01a20139-7b61-7226-9627-c0c8cfdf72f2', '/unit']) {
      await visit.goto(where);
      assert.ok((await page.locator('h1').innerText()).length > 0);
      await visit.check(`missing-${where.split('/')[1]}`);
    }
    await visit.close();
  });

  test(`forms of a worker, empty and impossible, ${viewName(view)}`, () => workersForms(view));
}

async function workersForms(view) {
  const visit = await open(browser, house, view);
  const { page } = visit;
  await enter(visit, JAANA);
  await visit.goto('/contacts/new');
  await save(page);
  await refused(visit, ['own_words', 'urgency']);
  await visit.check('error-new');
  await fill(page, { own_words: 'Häätö on huomenna, eikä lapsille ole ruokaa.', phone: 'puhelin', urgency: 'none', answer_way: 'code', language: 'other' });
  await save(page);
  await refused(visit, ['phone', 'answer_way', 'other_language', 'urgency']);
  assert.equal(await value(page, 'own_words'), 'Häätö on huomenna, eikä lapsille ole ruokaa.');
  assert.equal(await value(page, 'phone'), 'puhelin');
  await says(page, 'Sääntö ehdottaa');
  await visit.check('error-new-impossible');
  await fill(page, { phone: '', answer_way: '', language: 'fi', urgency: 'today' });
  await save(page);
  await page.getByText(t('done-written')).waitFor();
  const id = contactId(page);

  for (const [act, fields] of [
    ['note', ['body']],
    ['message', null],
    ['call', ['body']],
    ['attempt', ['channel', 'reached']],
    ['offer', ['receiver', 'reason']],
  ]) {
    await visit.goto(`/contacts/${id}/${act}`);
    if (!fields) {
      // No code was given, so there is nobody to read a message.
      assert.equal(page.url().split('?')[0], `${house.origin}/contacts/${id}`);
      continue;
    }
    await save(page);
    await refused(visit, fields);
    await visit.check(`error-${act}`);
  }
  await visit.goto(`/contacts/${id}/offer`);
  await fill(page, { reason: 'Tarvitsee viranhaltijan arvion.', warm: 'yes' });
  await save(page);
  await refused(visit, ['receiver']);
  assert.equal(await value(page, 'reason'), 'Tarvitsee viranhaltijan arvion.');
  assert.equal(await page.locator('#f-warm').isChecked(), true);

  for (const [ending, fields] of [
    ['next_step', ['what', 'who_staff', 'by', 'told']],
    ['not_wanted', ['own_words']],
    ['not_reached', ['tried']],
    ['unknown_caller', ['advised']],
  ]) {
    await visit.goto(`/contacts/${id}/end`);
    await fill(page, { ending });
    await save(page);
    await refused(visit, fields);
    await visit.check(`error-end-${ending}`);
  }
  await visit.goto(`/contacts/${id}/end`);
  await fill(page, { ending: 'next_step', what: 'Soitan', by: '31.2.2027', who_staff: new RegExp(VILLE), who_partner: 'Seurakunta', told: 'yes' });
  await save(page);
  await refused(visit, ['by', 'who_staff']);
  await says(page, 'Päivää 31.2. ei ole');
  assert.equal(await value(page, 'by'), '31.2.2027');
  await fill(page, { by: '1.1.2020', who_partner: '' });
  await save(page);
  await refused(visit, ['by']);
  await says(page, t('end-by-past'));

  // Not reached without the county's rule: said plainly, the text kept.
  await fill(page, { ending: 'not_reached', tried: 'Soitin kerran.' });
  await save(page);
  await page.locator('#error-summary', { hasText: 'Alueen sääntö ei vielä täyty' }).waitFor();
  assert.equal(await value(page, 'tried'), 'Soitin kerran.');
  await visit.check('error-not-reached');
  await visit.close();
}

test('not reached: three attempts, two ways and a letter, and then it can be ended', async () => {
  const visit = await open(browser, house, { width: 1280 });
  const { page } = visit;
  await enter(visit, JAANA);
  const id = await writeDown(visit, { own_words: 'Kysyi asunnosta. Ei ole vastannut sen jälkeen.', person_name: 'Tavoiteltava Henkilö', phone: '040 333 4444', urgency: 'week' });
  for (const channel of ['call', 'text', 'letter']) {
    await visit.goto(`/contacts/${id}/attempt`);
    await fill(page, { channel, reached: 'no', body: `Yritys: ${channel}` });
    await save(page);
    await page.getByText(t('done-tried')).waitFor();
  }
  await visit.goto(`/contacts/${id}/end`);
  await fill(page, { ending: 'not_reached', tried: 'Soitettu, viesti ja kirje.' });
  await visit.check('end-not-reached');
  await save(page);
  await page.getByText(t('done-ended')).waitFor();
  await visit.check('ended-not-reached');
  await visit.close();

  const lead = await open(browser, house, { width: 1280 });
  await enter(lead, HANNA);
  await lead.goto(`/contacts/${id}`);
  await press(lead.page, t('act-seen'));
  await lead.page.getByText(t('done-seen')).waitFor();
  await lead.close();
});

test('two workers press Otan kopin at the same moment: one holds, the other is told who', async () => {
  await api(house, { ownWords: 'Kaksi ottaa kopin yhtä aikaa. Kumpi ehtii?', answerWay: 'code', municipality: '179' });
  const title = 'Kaksi ottaa kopin yhtä aikaa';
  const both = [];
  for (const name of [JAANA, VILLE]) {
    const visit = await open(browser, house, { width: 1280 });
    await enter(visit, name);
    await visit.goto('/contacts');
    await row(visit.page, title).waitFor();
    both.push([visit, name]);
  }
  // The lists are told of the change at once, so the presses go out together before either page hears of the other.
  await Promise.all(both.map(([visit]) => visit.page.route('**/contacts/list*', (route) => route.abort())));
  await Promise.all(both.map(([visit]) => press(row(visit.page, title), 'Otan kopin')));
  const told = [];
  for (const [visit, name] of both) {
    const won = visit.page.getByText(t('done-taken'));
    const lost = visit.page.locator('.n-notice', { hasText: 'ehti ensin' });
    await won.or(lost).first().waitFor();
    told.push([visit, name, (await won.count()) > 0]);
  }
  const winners = told.filter(([, , won]) => won);
  assert.equal(winners.length, 1, 'exactly one has it');
  const [, winner] = winners[0];
  for (const [visit, , won] of told) {
    await says(visit.page, winner);
    if (!won) await visit.check('taken-by-other');
    await visit.close();
  }
});

test('the session ends in the middle of writing: the text is still there', async () => {
  for (const script of [true, false]) {
    const visit = await open(browser, house, { width: 1280, script, allow: [DRAFT_AFTER_END] });
    const { page } = visit;
    await enter(visit, JAANA);
    const id = await writeDown(visit, { own_words: 'Koe istunnon päättymisestä.', urgency: 'none' });
    await visit.goto(`/contacts/${id}/note`);
    const text = 'Pitkä kirjaus, jota ei kirjoiteta toista kertaa.';
    await fill(page, { body: text });
    const other = await page.context().newPage();
    await other.goto('/desk');
    await press(other, t('nav-sign-out'));
    await other.waitForLoadState();
    await save(page);
    await page.getByRole('heading', { name: t('public-resend-signed-out') }).waitFor();
    await visit.check('signed-out-text-kept');
    assert.ok(!(await page.content()).includes(text), 'the next person at this screen reads nothing of it');

    // Somebody else at the same browser does not meet it; its writer is led to it and sends it by one press.
    await press(page, t('public-held-sign-in'));
    await page.getByRole('button', { name: new RegExp(VILLE) }).click();
    await page.waitForURL(/\/desk/);
    await press(page, t('nav-sign-out'));
    await page.getByRole('button', { name: new RegExp(JAANA) }).click();
    await page.waitForURL(/\/sign-in\/held\//);
    await says(page, text);
    await visit.check('signed-in-text-back');
    await press(page, t('public-resend-again'));
    await page.getByText(t('done-noted')).waitFor();
    await says(page, text);
    await visit.close();
  }
});

test('the network is cut while a draft is written: the text waits and is saved when it is back', async () => {
  const visit = await open(browser, house, { width: 390 });
  const { page } = visit;
  const context = page.context();
  await enter(visit, AINO);
  await visit.goto('/contacts/new');
  await context.setOffline(true);
  await fill(page, { own_words: 'Kirjoitettu junassa, jossa ei ole verkkoa.' });
  const state = page.locator('[data-save-state]');
  await state.filter({ hasText: t('draft-offline') }).waitFor();
  await visit.check('draft-offline');
  await fill(page, { person_name: 'Junassa Istuva' });
  await context.setOffline(false);
  await state.filter({ hasText: SAVED }).waitFor();
  await visit.goto('/contacts/new');
  assert.equal(await value(page, 'own_words'), 'Kirjoitettu junassa, jossa ei ole verkkoa.');
  assert.equal(await value(page, 'person_name'), 'Junassa Istuva');

  // The page is opened anew while drafts do not reach the server: this tab still has the text.
  await page.route('**/drafts', (route) => route.abort());
  await fill(page, { own_words: 'Toinen lause ilman verkkoa.' });
  await state.filter({ hasText: t('draft-offline') }).waitFor();
  await page.reload();
  assert.equal(await value(page, 'own_words'), 'Toinen lause ilman verkkoa.');
  await page.unroute('**/drafts');
  await state.filter({ hasText: SAVED }).waitFor();
  await visit.close();
});
