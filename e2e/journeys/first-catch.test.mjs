// The promise of Noste: somebody writes, somebody catches it and answers for it until a named person accepts it.
// The whole way in three languages, on a phone and on a desk, and without script.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { launch, open, viewName, walked } from '../lib/browser.mjs';
import { startNoste } from '../lib/house.mjs';
import { AINO, contact, contactId, enter, fill, inDays, JAANA, look, press, row, save, says, VILLE } from '../lib/people.mjs';
import { beginning, words } from '../lib/words.mjs';

let browser, house;
before(async () => {
  [browser, house] = await Promise.all([launch(), startNoste({ args: ['--no-limits'] })]);
});
after(async () => {
  await browser?.close();
  await house?.close();
});

const SAID = {
  fi: { words: 'Vuokra on kaksi kuukautta rästissä. Vuokranantaja puhuu häädöstä.', title: 'Vuokra on kaksi kuukautta rästissä', answering: 'Nyt vastuussa', unit: 'Neuvonta', take: 'Otan kopin' },
  sv: { words: 'Jag har inte pengar till hyran. Hyresvärden talar om vräkning.', title: 'Jag har inte pengar till hyran', answering: words('sv')('public-state-answering'), unit: 'Rådgivningen' },
  en: { words: 'I cannot pay the rent this month. The landlord talks about eviction.', title: 'I cannot pay the rent this month', answering: words('en')('public-state-answering'), unit: 'Advice' },
};

const JOURNEYS = walked([
  { width: 390, language: 'fi' },
  { width: 1280, language: 'fi', proof: true },
  { width: 390, language: 'sv', proof: true },
  { width: 1280, language: 'sv' },
  { width: 390, language: 'en' },
  { width: 1280, language: 'en', proof: true },
  { width: 390, language: 'fi', script: false, proof: true },
  { width: 1280, language: 'fi', script: false },
]);

// Two at a time: they are different people in the same queue, as in a county.
describe('first catch', { concurrency: 2 }, () => {
  for (const [number, journey] of JOURNEYS.entries()) {
    test(`first catch, ${viewName(journey)}`, () => firstCatch(journey, number));
  }
});

async function firstCatch(journey, number) {
  const { language, script = true } = journey;
  const said = SAID[language];
  const t = words(language);
  const sender = await open(browser, house, journey);
  const front = await open(browser, house, journey);
  const social = await open(browser, house, journey);

  // The counsellor has the queue open and stands on a row of it.
  await front.goto('/');
  await front.check('enter');
  await enter(front, JAANA);
  await front.goto('/contacts');
  await front.check('queue');
  const standing = front.page.locator('[data-row-link]').nth(1);
  const where = await standing.getAttribute('href');
  await standing.focus();
  if (script) await front.page.evaluate(() => { globalThis.sameDocument = true; });

  // Somebody writes.
  await sender.goto(`/${language}`);
  await sender.check('public-start');
  const given = `${number + 1} `;
  const code = await contact(
    sender,
    { words: given + said.words, wish: 'week', way: 'code', name: 'Oona Testaaja' },
    { look: () => sender.check('public-form') },
  );
  const title = given + said.title;
  await sender.check('receipt');
  await says(sender.page, said.answering, said.unit, beginning(language, 'public-state-promise'), code);
  await look(sender, code);
  await sender.check('state-untaken');
  await says(sender.page, said.answering, said.unit, beginning(language, 'public-state-promise'), said.words);

  // It is in the counsellor's queue without a reload, and the focus has not moved.
  if (!script) await front.page.reload();
  const mine = row(front.page, title);
  await mine.waitFor();
  if (script) {
    assert.equal(await front.page.evaluate(() => globalThis.sameDocument), true, 'the page was not loaded again');
    assert.equal(await front.page.evaluate(() => document.activeElement?.getAttribute('href')), where, 'the focus stayed');
    await front.page.locator('#polite', { hasText: t('live-changed') }).waitFor({ state: 'attached' });
  }
  await front.check('queue-with-new');
  assert.match(await mine.innerText(), new RegExp(JAANA), 'the duty holder answers for it by name');

  // Otan kopin.
  await mine.locator('[data-row-link]').click();
  await front.page.waitForURL(/\/contacts\/[0-9a-f-]{36}/);
  await front.check('contact-untaken');
  await press(front.page.locator('#contact'), said.take ?? t('act-take'));
  await front.page.getByText(t('done-taken')).waitFor();
  const id = contactId(front.page);
  await front.check('contact-taken');
  await look(sender, code);
  await says(sender.page, JAANA);

  // Urgency is judged at once, and the stamp tells who and when.
  await press(front.page, t('act-urgency'));
  await front.page.waitForURL(/urgency/);
  await fill(front.page, { urgency: 'today', housing_risk: 'yes', reason: 'Testi' });
  await front.check('urgency');
  await save(front.page);
  await front.page.getByText(t('done-judged')).waitFor();
  await says(front.page, t('judgement-today'), t('urgency-today'));
  assert.match(await front.page.locator('.n-facts').first().innerText(), new RegExp(JAANA));

  // A hand-over is offered, and the sender of the offer holds on.
  await offer(front, t, 'Vuokranantajan kanssa on sovittava tänään.', { first: true });
  await look(sender, code);
  await says(sender.page, JAANA);

  // The social worker sees it on the desk and refuses with a reason and an alternative.
  await enter(social, AINO);
  await social.goto('/desk');
  const asked = social.page.locator('.n-offer').filter({ hasText: title });
  await asked.waitFor();
  await social.check('desk-offer');
  await press(asked, t('desk-refuse'));
  await social.page.waitForURL(/\/offers\/.*\/refuse/);
  await fill(social.page, { reason: 'Olen huomenna käräjillä.', alternative: 'Ville Aho voi soittaa heti, minä jatkan maanantaina.' });
  await social.check('refuse');
  await save(social.page);
  await social.page.getByText(t('done-refused')).waitFor();
  await look(sender, code);
  await says(sender.page, JAANA);

  // The counsellor reads both and offers again; now it is accepted by name.
  await front.goto(`/contacts/${id}`);
  await says(front.page, 'Olen huomenna käräjillä.', 'Ville Aho voi soittaa heti', beginning(language, 'offer-refused') || AINO);
  await front.check('contact-refused');
  await offer(front, t, 'Vuokranantaja odottaa maanantaihin.', {});
  await social.goto('/desk');
  await press(social.page.locator('.n-offer').filter({ hasText: title }), t('desk-accept'));
  await social.page.getByText(t('done-accepted')).waitFor();
  await social.check('contact-accepted');
  await look(sender, code);
  await says(sender.page, AINO);
  await sender.check('state-named');

  // The counsellor has let go: the queue tells who answers, without the person's words and without a way in.
  await front.goto('/contacts');
  assert.equal(await front.page.getByText(title).count(), 0, 'the words belong to who answers');
  const gone = front.page.locator('tbody tr').filter({ hasText: AINO });
  assert.ok((await gone.count()) > 0, 'the queue tells who answers');
  assert.equal(await gone.getByRole('button').count(), 0, 'only the holder acts');

  // It ends with what happens next, who does it and by when; the sender reads the same with the code.
  const next = 'Käymme vuokranantajan luona yhdessä ja teemme maksusuunnitelman.';
  await social.goto(`/contacts/${id}`);
  await press(social.page, t('act-end'));
  await social.page.waitForURL(/\/end/);
  await social.check('end');
  const by = inDays(9);
  await fill(social.page, { ending: 'next_step', what: next, who_staff: new RegExp(VILLE), by, told: true });
  await save(social.page);
  await social.page.getByText(t('done-ended')).waitFor();
  await says(social.page, next, VILLE);
  await social.check('contact-ended');
  await look(sender, code);
  await says(sender.page, t('public-state-ended-next-step'), next, VILLE);
  const promised = await sender.page.locator('section[aria-labelledby=ended]').innerText();
  assert.match(promised, new RegExp(`\\b${by.split('.')[0]}\\b`), 'the sender reads the day');
  await sender.check('state-ended');

  for (const visit of [sender, front, social]) await visit.close();
}

async function offer(front, t, reason, { first = false }) {
  await press(front.page, t('act-offer'));
  await front.page.waitForURL(/\/offer/);
  await fill(front.page, { receiver: new RegExp(AINO), reason });
  if (first) await front.check('offer');
  await save(front.page);
  await front.page.getByText(t('done-offered')).waitFor();
  if (first) await front.check('contact-offered');
}
