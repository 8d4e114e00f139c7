// The client plan: made, put into force, carried out, reviewed, given on paper; and a couple's joint plan.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch, open, viewName } from '../lib/browser.mjs';
import { startNoste } from '../lib/house.mjs';
import { AINO, artificialCode, enter, fill, HANNA, inDays, press, refused, says, text } from '../lib/people.mjs';
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

const save = (page, name) => press(page.locator('main'), name);

/** A made-up person with a code of the artificial range. */
let people = 0;
function somebody(given, family) {
  people += 1;
  return { given, family: `${family}${'xabcdefgh'[people]}`, code: artificialCode(1 + people, 930 + people) };
}

async function add(visit, person) {
  const t = words(visit.view.language);
  await visit.goto('/clients/new');
  await fill(visit.page, { has_code: 'yes', ...person });
  await save(visit.page, t('client-new-save'));
  await visit.page.getByText(t('client-done-created')).waitFor();
  return new URL(visit.page.url()).pathname;
}

/** A matter of a new client, in the worker's own hands; gives the addresses. */
async function matter(visit, person) {
  const t = words(visit.view.language);
  const client = await add(visit, person);
  await visit.goto(`${client}/matters/new`);
  await fill(visit.page, { name: 'social_work', reasons: 'Vuokra on rästissä' });
  await save(visit.page, t('matter-new-save'));
  await visit.page.waitForURL(/\/matters\/[0-9a-f-]{36}/);
  return { client, matter: new URL(visit.page.url()).pathname };
}

/** Asks that a plan be voided; the lead reads it and voids it. */
async function voided(visit, plan, goal) {
  const t = words(visit.view.language);
  await visit.goto(`${plan}/void`);
  await save(visit.page, t('plan-void-save'));
  await refused(visit, ['why']);
  await visit.check('plan-void');
  await fill(visit.page, { why: 'Kirjattu samannimiselle' });
  await save(visit.page, t('plan-void-save'));
  await visit.page.getByText(t('plan-done-void')).waitFor();
  await says(visit.page, 'Kirjattu samannimiselle');
  await visit.check('plan-void-asked');
  const lead = await open(browser, house, visit.view);
  await enter(lead, HANNA);
  await lead.goto('/desk');
  await says(lead.page, t('document-work-void-plan'));
  await lead.goto(`${plan}/void/answer`);
  await says(lead.page, 'Kirjattu samannimiselle', goal);
  await lead.check('plan-void-answer');
  await save(lead.page, t('document-void-do-plan'));
  await lead.page.getByText('Kirjattu samannimiselle').waitFor();
  assert.ok(!(await text(lead.page)).includes(goal), 'nobody reads it any more');
  await lead.check('plan-voided');
  await lead.close();
}

/** Begins a plan from the matter's page. */
async function begin(visit, path) {
  await visit.goto(path);
  await press(visit.page, words(visit.view.language)('plan-panel-new'));
  await visit.page.waitForURL(/plans\/new$/);
}

for (const view of [{ width: 1280 }, { width: 390, script: false }]) {
  test(`a plan from its first goal to a review and a copy, ${viewName(view)}`, async () => {
    const visit = await open(browser, house, view);
    const { page } = visit;
    await enter(visit, AINO);
    const person = somebody('Leena', 'Suunnitelma');
    const { client, matter: path } = await matter(visit, person);

    await begin(visit, path);
    await visit.check('plan-new');
    await save(page, t('plan-new-save'));
    await page.getByText(t('plan-done-begun')).waitFor();
    const plan = new URL(page.url()).pathname;
    await visit.check('plan-empty');

    // Nothing to confirm yet: a plan has a goal.
    await visit.goto(`${plan}/finish`);
    await fill(page, { review_on: inDays(90) });
    await save(page, t('plan-finish-save'));
    await page.getByText(t('plan-refused-no-goal')).first().waitFor();

    // One form, two actions; what is wrong is told, and the rest stays.
    await visit.goto(plan);
    await press(page, t('plan-goal-new-open'));
    await fill(page, { 'what-1': 'Toimita maaliskuun tiliote', 'due-1': '31.2.2027' });
    await save(page, t('plan-goal-new-save'));
    await refused(visit, ['words', 'due-1']);
    assert.equal(await page.locator('#f-what-1').inputValue(), 'Toimita maaliskuun tiliote');
    await visit.check('plan-goal-refused');
    await fill(page, {
      words: 'Haluan pitää oman kodin', kind: '2', 'due-1': inDays(5), 'what-2': 'Maksusuunnitelma vuokranantajalle', 'due-2': inDays(3),
      steps: 'Avaan yhden kirjeen',
    });
    await save(page, t('plan-goal-new-save'));
    await page.getByText(t('plan-done-goal-new')).waitFor();
    await says(page, 'Haluan pitää oman kodin', 'Toimita maaliskuun tiliote', `Leena ${person.family}`, AINO, t('plan-kind-2'));

    // A part: nothing is compulsory.
    await press(page, t('plan-part-together'));
    await fill(page, { rhythm: 'Joka toinen viikko', pace: 'Yksi asia kerrallaan', fallback: 'Soitetaan heti', length: 'half' });
    await visit.check('plan-part');
    await save(page, t('plan-part-save'));
    await page.getByText(t('plan-done-part')).waitFor();
    await says(page, 'Joka toinen viikko', t('plan-code-together-length-half'));

    await press(page, t('plan-finish-open'));
    await fill(page, { with: 'no', review_on: inDays(90) });
    await save(page, t('plan-finish-save'));
    await refused(visit, ['obstacle']);
    await fill(page, { with: 'yes' });
    await visit.check('plan-finish');
    await save(page, t('plan-finish-save'));
    await page.getByText(t('plan-done-finish')).waitFor();
    await visit.check('plan-in-force', { keep: true });

    // The next steps stand on the pages of the client and the matter.
    for (const where of [client, path]) {
      await visit.goto(where);
      await says(page, 'Maksusuunnitelma vuokranantajalle', 'Toimita maaliskuun tiliote');
    }
    // Another plan for the same client is refused with the way to this one.
    await visit.goto(`${path}/plans/new`);
    await says(page, t('plan-told-in-force', { name: `Leena ${person.family}` }));
    await save(page, t('plan-new-save'));
    await page.getByText(t('plan-refused-in-force')).first().waitFor();
    await visit.check('plan-second-refused');

    // One press: done. No new version for that.
    await visit.goto(plan);
    await press(page.locator('tr').filter({ hasText: 'Maksusuunnitelma' }), t('plan-action-done'));
    await page.getByText(t('plan-done-action-end')).waitFor();
    await says(page, t('plan-version-of', { no: 1, day: '' }).trim().split(',')[0]);

    // Review: every goal is asked about.
    await press(page, t('plan-review-open'));
    await visit.check('plan-review');
    await fill(page, { review_on: inDays(180) });
    await save(page, t('plan-review-save'));
    const attained = await page.locator('input[name="goal"]').first().inputValue();
    await refused(visit, [`attained-${attained}`]);
    await fill(page, { [`attained-${attained}`]: 'partly', [`client-${attained}`]: 'Uskallan jo avata kirjeet', [`helped_words-${attained}`]: 'Yhdessä soittaminen' });
    await save(page, t('plan-review-save'));
    await page.getByText(t('plan-done-review')).waitFor();

    await press(page, t('plan-versions-open'));
    await says(page, 'Uskallan jo avata kirjeet', t('plan-compared', { from: 1, to: 2 }));
    await visit.check('plan-versions');
    await press(page, t('plan-version-no', { no: 1 }));
    await says(page, 'Toimita maaliskuun tiliote');
    await visit.check('plan-version');

    // On paper, in four languages, after saying what for.
    for (const [language, title] of [['fi', 'Sinun suunnitelmasi'], ['sv', 'Din plan'], ['en', 'Your plan'], ['easy', 'Luonnos']]) {
      await visit.goto(`${plan}/copy/${language}`);
      if (language === 'fi') {
        await visit.check('plan-copy-ask');
        await save(page, t('plan-copy-show'));
      } else {
        await fill(page, { purpose: 'client' });
        await save(page, t('plan-copy-show'));
      }
      await page.locator('.n-copy').waitFor();
      await says(page, title, 'Toimita maaliskuun tiliote', 'Haluan pitää oman kodin');
      await visit.check(`plan-copy-${language}`);
    }
    await visit.close();
  });
}

test('a couple has one plan, and each one’s own goal is told apart', async () => {
  const visit = await open(browser, house, { width: 390 });
  const { page } = visit;
  await enter(visit, AINO);
  const [first, second] = [somebody('Risto', 'Pari'), somebody('Ritva', 'Pari')];
  const { matter: path } = await matter(visit, first);
  await add(visit, second);
  await visit.goto(`${path}/client`);
  await fill(page, { identity_code: second.code });
  await save(page, t('matter-client-save'));
  await page.getByText(t('matter-done-client')).waitFor();
  await begin(visit, path);
  await visit.check('plan-new-joint');
  await save(page, t('plan-new-save'));
  await page.getByText(t('plan-done-begun')).waitFor();
  await says(page, t('plan-title-joint'), `Risto ${first.family}, Ritva ${second.family}`);
  const plan = new URL(page.url()).pathname;
  for (const [whose, goal] of [['', 'Vuokra, johon meillä on varaa'], [second.given, 'Haluan oman rahan']]) {
    await visit.goto(`${plan}/goals/new`);
    if (whose) await page.getByLabel(new RegExp(`^${whose}`)).check();
    await fill(page, { words: goal });
    await save(page, t('plan-goal-new-save'));
    await page.getByText(t('plan-done-goal-new')).waitFor();
  }
  await says(page, t('plan-own-of', { name: `Ritva ${second.family}` }));
  await visit.check('plan-joint');
  await press(page, t('plan-finish-open'));
  await fill(page, { review_on: inDays(60) });
  await save(page, t('plan-finish-save'));
  await page.getByText(t('plan-done-finish')).waitFor();
  // The copy of one has nothing of the other's own.
  await visit.goto(`${plan}/copy/fi`);
  await page.getByLabel(`Risto ${first.family}`).check();
  await save(page, t('plan-copy-show'));
  await page.locator('.n-copy').waitFor();
  assert.ok(!(await text(page)).includes('Haluan oman rahan'));
  await says(page, 'Vuokra, johon meillä on varaa');
  await visit.close();
});

test('two tabs write the same part: both texts are shown, and none is lost', async () => {
  const visit = await open(browser, house, { width: 1280 });
  const { page } = visit;
  await enter(visit, AINO);
  const { matter: path } = await matter(visit, somebody('Kaisa', 'Kahdesti'));
  await begin(visit, path);
  await save(page, t('plan-new-save'));
  await page.getByText(t('plan-done-begun')).waitFor();
  const part = `${new URL(page.url()).pathname}/parts/life-1`;
  const other = await page.context().newPage();
  await visit.goto(part);
  await other.goto(part);
  await fill(page, { situation: 'Vuokra on kaksi kuukautta rästissä' });
  await fill(other, { situation: 'Muutto on edessä keväällä' });
  await save(other, t('plan-part-save'));
  await other.getByText(t('plan-done-part')).waitFor();
  await save(page, t('plan-part-save'));
  await page.getByText('Kumpikaan ei ole kadonnut').first().waitFor();
  await says(page, 'Vuokra on kaksi kuukautta rästissä', 'Muutto on edessä keväällä');
  await visit.check('plan-clash');
  await press(page.locator('main'), 'Yhdistän tekstit itse');
  assert.equal(await page.locator('#f-situation').inputValue(), 'Vuokra on kaksi kuukautta rästissä');
  // The saved text stands beside while the two become one.
  await says(page, 'Muutto on edessä keväällä');
  await fill(page, { situation: 'Vuokra on rästissä ja muutto edessä' });
  await save(page, t('plan-part-save'));
  await page.getByText(t('plan-done-part')).waitFor();
  await says(page, 'Vuokra on rästissä ja muutto edessä');
  await visit.close();
});

for (const language of ['sv', 'en']) {
  test(`the pages of a plan, ${language}`, async () => {
    const visit = await open(browser, house, { width: 390, language });
    const { page } = visit;
    const own = words(language);
    await enter(visit, AINO);
    const { matter: path } = await matter(visit, somebody('Sofia', 'Sprakvan'));
    await begin(visit, path);
    await visit.check('plan-new');
    await save(page, own('plan-new-save'));
    await page.getByText(own('plan-done-begun')).waitFor();
    const plan = new URL(page.url()).pathname;
    await visit.goto(`${plan}/goals/new`);
    await fill(page, { words: 'Jag vill behålla mitt hem', 'what-1': 'Ring FPA', 'due-1': inDays(4) });
    await visit.check('plan-goal-new');
    await save(page, own('plan-goal-new-save'));
    await page.getByText(own('plan-done-goal-new')).waitFor();
    for (const part of ['life-1', 'need-1', 'means', 'made', 'sectors-1']) {
      await visit.goto(`${plan}/parts/${part}`);
      await visit.check(`plan-part-${part}`);
    }
    await visit.goto(`${plan}/finish`);
    await fill(page, { review_on: inDays(60) });
    await save(page, own('plan-finish-save'));
    await page.getByText(own('plan-done-finish')).waitFor();
    await visit.check('plan-in-force');
    for (const tail of ['review', 'change', 'end', 'elsewhere', 'coordinator', 'versions']) {
      await visit.goto(`${plan}/${tail}`);
      await visit.check(`plan-${tail}`);
    }
    await voided(visit, plan, 'Jag vill behålla mitt hem');
    await visit.close();
  });
}

test('a slip is taken away, an agreed goal is given up with words, a plan made by mistake is voided by two', async () => {
  const visit = await open(browser, house, { width: 1280 });
  const { page } = visit;
  await enter(visit, AINO);
  const { matter: path } = await matter(visit, somebody('Veikko', 'Erehdys'));
  await begin(visit, path);
  await save(page, t('plan-new-save'));
  await page.getByText(t('plan-done-begun')).waitFor();
  const plan = new URL(page.url()).pathname;
  for (const goal of ['Haluan nukkua yöni', 'Tämä on väärä tavoite']) {
    await visit.goto(`${plan}/goals/new`);
    await fill(page, { words: goal, 'what-1': 'Soita', 'due-1': inDays(4) });
    await save(page, t('plan-goal-new-save'));
    await page.getByText(t('plan-done-goal-new')).waitFor();
  }
  await visit.goto(`${plan}/sections/new`);
  await fill(page, { heading: 'Velkaneuvonnan osa', partner: 'Talous- ja velkaneuvonta' });
  await save(page, t('plan-section-new-save'));
  await page.getByText(t('plan-done-section-new')).waitFor();
  await press(page.locator('.n-goal').filter({ hasText: 'väärä tavoite' }), t('plan-goal-end-open'));
  await fill(page, { state: 'removed' });
  await visit.check('plan-goal-removed');
  await save(page, t('plan-goal-end-save'));
  await page.getByText(t('plan-done-goal-end')).waitFor();
  assert.ok(!(await text(page)).includes('väärä tavoite'));
  await press(page.locator('main'), t('plan-section-end-open'));
  await visit.check('plan-section-end');
  await save(page, t('plan-section-end-save'));
  await page.getByText(t('plan-done-section-end')).waitFor();
  await press(page, t('plan-finish-open'));
  await fill(page, { review_on: inDays(60) });
  await save(page, t('plan-finish-save'));
  await page.getByText(t('plan-done-finish')).waitFor();
  await visit.goto(`${plan}/change`);
  await fill(page, { why: 'Tavoite on saavutettu' });
  await save(page, t('plan-change-save'));
  await press(page.locator('.n-goal'), t('plan-goal-end-open'));
  assert.equal(await page.locator('[name="state"][value="removed"]').count(), 0, 'what was agreed is not taken away');
  await fill(page, { state: 'attained' });
  await save(page, t('plan-goal-end-save'));
  await page.getByText(t('plan-done-goal-end')).waitFor();
  await says(page, t('plan-goal-state-attained'));
  assert.equal(await page.getByRole('button', { name: t('plan-action-done') }).count(), 0, 'nothing more to be marked');
  await visit.check('plan-attained');
  await voided(visit, plan, 'Haluan nukkua yöni');
  await visit.close();
});

test('no plan is made: the reason and the client’s words', async () => {
  const visit = await open(browser, house, { width: 1280 });
  const { page } = visit;
  await enter(visit, AINO);
  const { matter: path } = await matter(visit, somebody('Oili', 'Eikiitos'));
  await begin(visit, path);
  await press(page, t('plan-skip-open'));
  await fill(page, { reason: 'declined', words: 'Tarjottu kahdesti' });
  await save(page, t('plan-skip-save'));
  await refused(visit, ['own_words']);
  await visit.check('plan-skip');
  await fill(page, { own_words: 'En jaksa nyt suunnitella' });
  await save(page, t('plan-skip-save'));
  await page.waitForURL(/\/matters\/[0-9a-f-]{36}$/);
  await says(page, 'En jaksa nyt suunnitella', t('plan-panel-new'));
  await visit.close();
});
