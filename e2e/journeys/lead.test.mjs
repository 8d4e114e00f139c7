// The lead sees what has fallen between people: nothing stays without somebody who answers.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch, open, viewName } from '../lib/browser.mjs';
import { startNoste } from '../lib/house.mjs';
import { AINO, contactId, enter, fill, HANNA, JAANA, press, refused, row, save, says, text } from '../lib/people.mjs';
import { words } from '../lib/words.mjs';

const t = words('fi');
const ABSENT = 'Vuokrarästi ja kaksi lasta';
const DEPARTED = 'Katkaisuhoidon jälkeen yksin';
const UNANSWERED = 'Asunnon siivous, huoli pärjäämisestä';
const NOT_REACHED = 'Haluaisi juttuseuraa';

let browser, house;
before(async () => {
  [browser, house] = await Promise.all([launch(), startNoste({ args: ['--no-limits'] })]);
});
after(async () => {
  await browser?.close();
  await house?.close();
});

const section = (page, id) => page.locator(`section[aria-labelledby="${id}"]`);

test('the situation tells what waits for the lead', async () => {
  for (const view of [{ width: 1280 }, { width: 390 }, { width: 390, script: false }, { width: 1280, language: 'sv' }, { width: 390, language: 'en' }]) {
    const visit = await open(browser, house, view);
    await enter(visit, HANNA);
    await visit.goto('/unit');
    await visit.check('situation');
    const net = await section(visit.page, 'net').textContent();
    assert.ok(net.includes(DEPARTED), `the safety net caught what the departed worker held:\n${net}`);
    const away = await section(visit.page, 'away').textContent();
    assert.ok(away.includes(ABSENT) && away.includes(DEPARTED), `holders away:\n${away}`);
    assert.ok((await section(visit.page, 'unanswered').textContent()).includes(UNANSWERED), 'the unanswered offer came back');
    assert.ok((await section(visit.page, 'not-reached').textContent()).includes(NOT_REACHED), 'ended without reaching, in the lead’s sight');

    // The picture's numbers stand in a table too.
    await section(visit.page, 'ages').locator('details.n-twin summary').click();
    assert.ok(await section(visit.page, 'ages').locator('table').isVisible());
    // Work is shared by counts of each, in the order of names, with how each count is made.
    const shares = section(visit.page, 'shares');
    const names = await shares.locator('tbody th').evaluateAll((cells) => cells.map((cell) => cell.firstChild.textContent.trim()));
    assert.ok(names.includes(AINO), names.join());
    await shares.locator('details summary').click();
    assert.ok(await shares.locator('dl').isVisible());
    assert.ok((await section(visit.page, 'alerts').textContent()).length > 0);
    await visit.close();
  }
});

test('an unanswered offer has come back to its sender', async () => {
  const visit = await open(browser, house, { width: 1280 });
  await enter(visit, JAANA);
  await says(visit.page, UNANSWERED);
  await visit.goto('/contacts?tab=returned');
  await row(visit.page, UNANSWERED).locator('[data-row-link]').click();
  await visit.page.waitForURL(/\/contacts\/[0-9a-f-]{36}/);
  await says(visit.page, 'ei vastannut ajoissa', JAANA);
  await visit.check('offer-unanswered');
  await visit.close();
});

for (const [view, title, why] of [
  [{ width: 1280 }, ABSENT, 'absent'],
  [{ width: 390 }, DEPARTED, 'departed'],
]) {
  test(`the lead takes over from a holder who is ${why}, ${viewName(view)}`, async () => {
    const visit = await open(browser, house, view);
    await enter(visit, HANNA);
    await visit.goto('/unit');
    await press(section(visit.page, 'away').locator('tr', { hasText: title }), t('unit-take-over'));
    await visit.page.waitForURL(/\/take-over/);
    await visit.check('take-over');
    await save(visit.page);
    await refused(visit, ['body']);
    await fill(visit.page, { body: 'Työntekijä on poissa, ja soitto on luvattu.' });
    await save(visit.page);
    await visit.page.getByText(t('done-taken-over')).waitFor();

    // In the lead's own name, and from then on with the content.
    await says(visit.page, HANNA, t('event-taken-over'));
    assert.ok(await visit.page.locator('.n-quote').count() > 0, 'the holder reads what the person said');
    await visit.check('taken-over');
    await visit.goto('/unit');
    assert.ok(!(await section(visit.page, 'away').innerText()).includes(title));
    await visit.close();
  });
}

test('the lead sees a contact of the unit by title and state only', async () => {
  const visit = await open(browser, house, { width: 1280 });
  await enter(visit, HANNA);
  await visit.goto('/unit');
  await section(visit.page, 'unanswered').locator('[data-row-link]', { hasText: UNANSWERED }).click();
  await visit.page.waitForURL(/\/contacts\/[0-9a-f-]{36}/);
  await says(visit.page, t('detail-no-content'));
  assert.ok(!(await text(visit.page)).includes('Naapuri saattoi neuvontaan'), 'no content');
  await visit.check('lead-state-only');
  await visit.close();
});

test('an ending without reaching the person is seen by the lead', async () => {
  const visit = await open(browser, house, { width: 390 });
  await enter(visit, HANNA);
  await visit.goto('/unit');
  const all = section(visit.page, 'not-reached');
  while ((await all.getByRole('button').count()) > 0) {
    await all.getByRole('button').first().click();
    await visit.page.getByText(t('unit-done-seen')).waitFor();
    await visit.goto('/unit');
  }
  await says(visit.page, t('unit-not-reached-empty'));
  await visit.check('situation-seen');
  await visit.close();
});

for (const view of [{ width: 1280 }, { width: 390 }]) {
  test(`the lead sees a contact that its worker began, also when it is freed from the wrong client, ${viewName(view)}`, async () => {
    const visit = await open(browser, house, view);
    const { page } = visit;
    await enter(visit, AINO);
    await visit.goto('/contacts/new');
    await fill(page, { own_words: 'Kävin katsomassa, miten menee.', person_name: 'Taimi Oma-aloite', municipality: '179', urgency: 'none', inbound: 'self' });
    await visit.check('new-self-started', { full: true });
    await press(page, t('new-save'));
    await page.getByText(t('done-written')).waitFor();
    const id = contactId(page);
    await says(page, t('fact-inbound-self'));
    const number = /\d{4}-\d{6}/.exec(await text(page, '.n-detail'))[0];
    await press(page, t('act-matter'));
    await fill(page, { family: 'Oma-aloite', given: 'Taimi', birth: `${view.width % 28}.5.1966`, name: '99', name_text: 'Tapaaminen' });
    await press(page.locator('main'), t('matter-link-save'));
    await page.waitForURL(/\/matters\/[0-9a-f-]{36}/);

    // The wrong client: freed with a reason, and the trace stays.
    await visit.goto(`/contacts/${id}`);
    await visit.check('contact-linked', { full: true });
    await press(page, t('act-unlink'));
    await page.waitForURL(/\/unlink$/);
    await save(page);
    await refused(visit, ['body']);
    await visit.check('contact-unlink');
    await fill(page, { body: 'Samanniminen, mutta toinen ihminen.' });
    await save(page);
    await page.getByText(t('done-unlinked')).waitFor();
    await says(page, t('event-unlinked'), 'Samanniminen, mutta toinen ihminen.');
    await visit.check('contact-unlinked', { full: true });
    await visit.close();

    const lead = await open(browser, house, view);
    await enter(lead, HANNA);
    await lead.goto('/unit');
    const started = await text(lead.page, 'section[aria-labelledby="self-started"]');
    assert.ok(started.includes(number) && started.includes(AINO), started);
    await lead.check('unit-self-started', { full: true });
    await lead.close();
  });
}
