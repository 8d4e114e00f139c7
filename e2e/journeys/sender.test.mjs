// The sender's own page: everything that can be told afterwards with the receipt code, and nothing without it.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { launch, open, viewName, walked } from '../lib/browser.mjs';
import { startNoste } from '../lib/house.mjs';
import { contact, contactId, enter, fill, JAANA, look, press, receipt, refused, row, save, says } from '../lib/people.mjs';
import { words } from '../lib/words.mjs';

let browser, house;
before(async () => {
  [browser, house] = await Promise.all([launch(), startNoste({ args: ['--no-limits'] })]);
});
after(async () => {
  await browser?.close();
  await house?.close();
});

const PDF = Buffer.from('%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n');
const ACTIVE = Buffer.from('%PDF-1.7\n1 0 obj\n<< /J#61vaScript (app.alert(1)) >>\nendobj\n%%EOF\n');
const PROGRAM = Buffer.concat([Buffer.from('MZ'), Buffer.alloc(200, 7)]);

const VIEWS = walked([
  { width: 390 },
  { width: 1280, proof: true },
  { width: 390, script: false },
  { width: 390, language: 'easy', proof: true },
  { width: 1280, language: 'easy' },
  { width: 390, language: 'sv' },
  { width: 1280, language: 'en' },
]);

describe('the sender', { concurrency: 2 }, () => {
  for (const [number, view] of VIEWS.entries()) {
    test(`the sender's page, ${viewName(view)}`, () => sendersPage(view, number));
  }
});

async function sendersPage(view, number) {
  const language = view.language ?? 'fi';
  const t = words(language);
  const name = (page) => (language === 'easy' ? `${page}-easy` : page);
  // Easy Finnish is no language of a browser: it is chosen on the page.
  const visit = await open(browser, house, { ...view, language: language === 'easy' ? 'fi' : language });
  const { page } = visit;
  await visit.goto(`/${language}`);
  await visit.check(name('start'));
  await visit.goto(`/${language}/tietosuoja`);
  await visit.check(name('privacy'));
  await visit.goto(`/${language}/saavutettavuus`);
  await visit.check(name('accessibility'));

  const title = `${number + 1} Laskut jäivät maksamatta`;
  const code = await contact(visit, { words: `${title}. En tiedä, mistä aloittaa.`, wish: 'week', way: 'code' }, { language, look: () => visit.check(name('contact')) });
  await visit.check(name('sent'));

  // A wrong code opens nothing and tells what a code looks like; spaces and small letters are fine.
  await visit.goto(`/${language}/tunnus`);
  await fill(page, { code: '2345-6789-ABCD' });
  await press(page, t('public-code-open'));
  await refused(visit, ['code']);
  assert.equal(await page.locator('#f-code').inputValue(), '2345-6789-ABCD', 'what was typed is kept');
  await visit.check(name('code-wrong'));
  await look(visit, code.toLowerCase().replaceAll('-', ' '), language);
  await visit.check(name('state'));

  // The municipality and who come together, afterwards.
  await fill(page, { municipality: '179' });
  await press(page, t('public-state-municipality-save'));
  await page.getByText(t('public-state-done-municipality')).waitFor();
  assert.equal(await page.locator('#f-municipality').inputValue(), '179');
  await fill(page, { parties: 'couple' });
  await press(page, t('public-state-parties-save'));
  await page.getByText(t('public-state-done-parties')).waitFor();

  await attachments(visit, t, name);
  await talk(visit, { t, name, language, code, title });
  await visit.close();
}

/** One file is accepted; a wrong type, a disguised program and a file with a program inside are not. */
async function attachments(visit, t, name) {
  const { page } = visit;
  const send = async (file) => {
    await page.locator('#f-files').setInputFiles(file);
    await press(page, t('public-state-files-send'));
  };
  await press(page, t('public-state-files-send'));
  await refused(visit, ['files']);
  for (const [file, key] of [
    [{ name: 'taulukko.docx', mimeType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', buffer: Buffer.from('PK\u0003\u0004abc') }, 'unknown-type'],
    [{ name: 'lasku.pdf', mimeType: 'application/pdf', buffer: PROGRAM }, 'unknown-type'],
    [{ name: 'kuva.png', mimeType: 'image/png', buffer: PDF }, 'name-differs'],
    [{ name: 'lasku.pdf', mimeType: 'application/pdf', buffer: ACTIVE }, 'unsafe'],
    [{ name: 'tyhja.pdf', mimeType: 'application/pdf', buffer: Buffer.alloc(0) }, 'empty'],
  ]) {
    await send(file);
    await refused(visit, ['files']);
    await says(page, t(`public-state-file-${key}`, { name: file.name }));
  }
  await visit.check(name('state-file-refused'));
  await send({ name: 'vuokralasku marraskuu.pdf', mimeType: 'application/pdf', buffer: PDF });
  await page.getByText(t('public-state-done-files')).waitFor();
  await says(page, 'vuokralasku marraskuu.pdf');
}

/** Messages both ways, an ending, and the way back in. */
async function talk(visit, { t, name, language, code, title }) {
  const { page } = visit;
  const worker = await open(browser, house, { width: 1280 });
  const w = words('fi');
  await enter(worker, JAANA);
  await worker.goto('/contacts');
  await press(row(worker.page, title), 'Otan kopin');
  await worker.page.getByText(w('done-taken')).waitFor();
  await says(worker.page, 'Jyväskylä', w('parties-couple'), 'vuokralasku marraskuu.pdf');

  const down = worker.page.waitForEvent('download');
  await worker.page.getByRole('link', { name: /vuokralasku/ }).click();
  assert.equal((await down).suggestedFilename(), 'vuokralasku marraskuu.pdf');

  await press(worker.page, w('act-message'));
  await worker.page.waitForURL(/\/message/);
  await fill(worker.page, { body: 'Hei, käydään laskut läpi torstaina kello 10. Soitan sinulle.' });
  await save(worker.page);
  await worker.page.getByText(w('done-messaged')).waitFor();

  await look(visit, code, language);
  await says(page, 'Hei, käydään laskut läpi torstaina', JAANA);
  await fill(page, { message: 'Torstai sopii. Kiitos.' });
  await press(page, t('public-state-message-send'));
  await page.getByText(t('public-state-done-message')).waitFor();
  await says(page, 'Torstai sopii. Kiitos.', t('public-state-you'));
  await visit.check(name('state-messages'));

  await worker.page.reload();
  await says(worker.page, 'Torstai sopii. Kiitos.');
  const id = contactId(worker.page);
  await worker.goto('/desk');
  await says(worker.page, title);
  await worker.goto(`/contacts/${id}/end`);
  await fill(worker.page, { ending: 'not_wanted', own_words: 'Sain asian jo hoidettua, palaan jos tarvitsen.' });
  await save(worker.page);
  await worker.page.getByText(w('done-ended')).waitFor();

  await look(visit, code, language);
  await says(page, t('public-state-ended-not-wanted'), t('public-state-reopen-title'));
  await visit.check(name('state-not-wanted'));
  await fill(page, { reason: 'Sain uuden laskun.' });
  await press(page, t('public-state-reopen'));
  await page.getByText(t('public-state-done-reopened')).waitFor();
  await says(page, JAANA);
  await worker.goto('/contacts?tab=mine');
  await row(worker.page, title).locator('[data-row-link]').click();
  await worker.page.waitForURL(/\/contacts\/[0-9a-f-]{36}/);
  await says(worker.page, 'Sain uuden laskun.');

  // Leaving: this device forgets the code.
  await press(page, t('public-state-leave'));
  await page.waitForURL(new RegExp(`/${language}/tunnus$`));
  await visit.goto(`/${language}/tunnus/tila`);
  await page.waitForURL(new RegExp(`/${language}/tunnus$`));
  await worker.close();
}

test('a form sent in haste is asked to be sent once more, and an identity code is hidden', async () => {
  const t = words('fi');
  const visit = await open(browser, house, { width: 390 });
  const { page } = visit;
  await visit.goto('/fi/yhteydenotto');
  await fill(page, { words: 'Tunnukseni on 010190-999B. Tarvitsen apua asumiseen.', way: 'code' });
  await press(page, t('public-contact-send'));
  await page.getByText(t('public-contact-code-found')).waitFor();
  await visit.check('contact-code-found');
  await press(page, t('public-contact-code-hide'));
  // Within two seconds of opening this page the form looks like a program's.
  const again = page.getByText(t('public-again-words'));
  if ((await page.locator('#receipt-code').count()) === 0) {
    await again.waitFor();
    await visit.check('contact-again');
    await press(page, t('public-again-send'));
  }
  const code = await receipt(page);
  await look(visit, code);
  await says(page, 'Tarvitsen apua asumiseen');
  assert.ok(!(await page.content()).includes('010190-999'), 'the identity code is nowhere');
  await visit.close();

  const hasty = await open(browser, house, { width: 1280 });
  await hasty.goto('/fi/yhteydenotto');
  await fill(hasty.page, { words: 'Kirjoitin nopeasti.', way: 'code' });
  await press(hasty.page, t('public-contact-send'));
  await hasty.page.getByText(t('public-again-words')).waitFor();
  await hasty.check('contact-again');
  await press(hasty.page, t('public-again-send'));
  await receipt(hasty.page);
  await hasty.close();
});
