// The client: found before she is made twice, seen by those who take part, and nowhere by others.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch, open, viewName } from '../lib/browser.mjs';
import { startNoste } from '../lib/house.mjs';
import { AINO, confirm, enter, fill, HANNA, inDays, JAANA, press, refused, says, text, VILLE } from '../lib/people.mjs';
import { words } from '../lib/words.mjs';

/** The data steward of the demo, who opens no client before a case is taken. */
const OLLI = 'Olli Ranta';
/** The data protection officer of the demo. */
const SIRPA = 'Sirpa Kivelä';
/** Planted clients of Aino Salmela: one plain, one with non-disclosure for safety. */
const MIKAEL = '010594Y9032';
const NOORA = '010594Y9021';
/** Streets of the synthetic county on which only protected addresses stand. */
const SECRET = /Hiljaisuudenkuja|Kätköpolku|Suojalantie|Varjokatu/;

const t = words('fi');
let browser, house;
before(async () => {
  [browser, house] = await Promise.all([launch(), startNoste({ args: ['--no-limits'] })]);
});
after(async () => {
  await browser?.close();
  await house?.close();
});

/** A personal identity code of the artificial range, 900 to 999: nobody has it. */
function code(day, month, year, serial) {
  const two = (number) => String(number).padStart(2, '0');
  const digits = `${two(day)}${two(month)}${two(year % 100)}`;
  const check = '0123456789ABCDEFHJKLMNPRSTUVWXY'[Number(`${digits}${serial}`) % 31];
  return `${digits}${year < 2000 ? '-' : 'A'}${serial}${check}`;
}

let serial = 910;
/** Somebody new at each call, so that the views do not meet each other's people. */
function somebody() {
  serial += 1;
  // Each has a birthday of her own: the same one would make them alike, and that is asked about.
  const day = serial - 910;
  return { code: code(day, 8, 1981, serial), birth: `${day}.8.1981`, family: `Myllymäki-Kuusilehto${serial - 910}`, given: 'Anna-Liisa Katriina' };
}

/** Sends one of the page's forms: that of the section with this heading. */
async function send(page, heading, fields, button) {
  const section = page.locator(`section:has(> .n-section__head > #${heading})`);
  for (const [name, value] of Object.entries(fields)) {
    const field = section.locator(`[name="${name}"]:not([type=hidden])`);
    if ((await field.evaluate((one) => one.tagName)) === 'SELECT') await field.selectOption(value);
    else await field.fill(value);
  }
  await press(section, button);
}

const byCode = (page, value) => send(page, 'by-code', { code: value }, t('search-go'));

/** Opens a client by the whole code; gives the address of her page. */
async function find(visit, value) {
  await visit.goto('/clients/search');
  await byCode(visit.page, value);
  await visit.page.waitForURL(/\/clients\/[0-9a-f-]{36}$/);
  return new URL(visit.page.url()).pathname;
}

/** The form's own filled button: forms about a client have one. */
const save = (page, name) => press(page.locator('main'), name);

for (const view of [{ width: 1280 }, { width: 390 }, { width: 390, script: false }]) {
  test(`a social worker finds, adds and keeps a client, ${viewName(view)}`, async () => {
    const visit = await open(browser, house, view);
    const { page } = visit;
    const person = somebody();
    await enter(visit, AINO);
    await visit.goto('/clients');
    await visit.check('clients');

    // The search of the top bar: among one's own by the beginning of a name.
    const bar = page.getByRole('searchbox', { name: t('top-search') });
    if (view.script !== false && view.width > 600) {
      await page.keyboard.press('/');
      assert.equal(await bar.evaluate((one) => one === document.activeElement), true, 'the key leads to the search');
    }
    await bar.fill('rauti');
    await bar.press('Enter');
    await page.getByRole('link', { name: 'Mikael Rautio' }).first().waitFor();
    assert.ok(!page.url().includes('rauti'), 'a name stands in no address');
    await visit.check('client-found');
    await page.getByRole('link', { name: 'Mikael Rautio' }).first().click();
    await page.waitForURL(/\/clients\/[0-9a-f-]{36}/);
    await says(page, 'Mikael Rautio', MIKAEL, t('client-fact-own-worker'), AINO);
    await visit.check('client', { keep: true });

    // Nobody yet: the search says so, and what was typed is in the form.
    await visit.goto('/clients/search');
    await visit.check('client-search');
    await byCode(page, '070881-9990');
    await refused(visit, ['code']);
    await byCode(page, person.code);
    await page.getByText(t('search-none-title')).first().waitFor();
    await visit.check('client-none');
    await press(page, t('search-none-new'));
    await page.locator('#f-family').waitFor();
    assert.equal(await page.locator('#f-code').inputValue(), person.code);
    await save(page, t('client-new-save'));
    await refused(visit, ['family', 'given']);
    await visit.check('client-new-refused');
    await fill(page, {
      family: person.family, given: person.given, called: 'Katriina', phone: '040 123 4567', address: 'Suorakuja 3 A 12, 40100 Jyväskylä',
      interpreter: 'suomalainen viittomakieli', home_municipality: '179', homelessness: 'friends', safe_hours: 'arkisin klo 9–12, ei viestejä vastaajaan',
    });
    await save(page, t('client-new-save'));
    await page.getByText(t('client-done-created')).waitFor();
    await says(page, `Katriina ${person.family}`, person.code, 'suomalainen viittomakieli', 'ei viestejä vastaajaan');
    await visit.check('client-created');
    const path = new URL(page.url()).pathname;

    // The same person again, without a code: explained before anything is saved.
    await visit.goto('/clients/new');
    await fill(page, { has_code: 'no', family: person.family, given: 'Katriina', birth: person.birth });
    await save(page, t('client-new-save'));
    await page.getByText(t('client-new-similar-title')).waitFor();
    await says(page, t('client-similar-name_birth'));
    assert.equal(await page.locator('#f-family').inputValue(), person.family, 'the text is kept');
    await visit.check('client-similar');

    // A change has a first day and a source; the old value stays readable.
    await visit.goto(`${path}/basics/phone`);
    await save(page, t('client-save'));
    await refused(visit, ['value']);
    await fill(page, { value: '050 765 4321', source: 'client' });
    await save(page, t('client-save'));
    await page.getByText(t('client-done-saved')).waitFor();
    await visit.goto(`${path}/basics/service_language`);
    await fill(page, { value: 'sv', from: '1.2.2026' });
    await save(page, t('client-save'));
    await page.getByText(t('client-done-saved')).waitFor();
    await says(page, '050 765 4321', '040 123 4567', t('client-language-sv'), t('client-source-client'));
    await visit.check('client-basics');

    // A relative, a guardian: whoever acts needs to say in what.
    await visit.goto(`${path}/related`);
    await fill(page, { name: 'Väinämö Edunvalvoja', role: 'legal_guardian' });
    await save(page, t('client-save'));
    await refused(visit, ['scope']);
    await fill(page, { scope: 'talous', household: 'yes' });
    await visit.check('client-related');
    await save(page, t('client-save'));
    await page.getByText(t('client-done-related')).waitFor();
    await says(page, 'Väinämö Edunvalvoja', 'talous');

    // Non-disclosure: told before, and after it the address is nowhere.
    await visit.goto(`${path}/non-disclosure`);
    await says(page, t('nondisclosure-means-1'), 'Väinämö Edunvalvoja');
    await save(page, t('nondisclosure-save'));
    await refused(visit, ['from']);
    await visit.check('client-nondisclosure');
    await fill(page, { from: '1.1.2026', until: '1.1.2028' });
    await save(page, t('nondisclosure-save'));
    await page.getByText(t('client-done-nondisclosure')).waitFor();
    await says(page, t('client-alert-nondisclosure'));
    await visit.check('client-protected');
    for (const where of ['', '/basics', '/access', '/related', '/non-disclosure', '/basics/address', '/death']) {
      await visit.goto(`${path}${where}`);
      const html = await page.content();
      assert.ok(!html.includes('Suorakuja') && !html.includes('040 123 4567'), `the address is in the page ${where}`);
    }
    await visit.goto(`${path}/access`);
    await says(page, AINO, t('access-you'));
    await visit.check('client-access');
    await visit.close();
  });
}

for (const view of [{ width: 1280 }, { width: 390 }]) {
  test(`a detail written by mistake is taken back with its trace, ${viewName(view)}`, async () => {
    const visit = await open(browser, house, view);
    const { page } = visit;
    await enter(visit, AINO);
    const path = await find(visit, MIKAEL);
    const wrong = `Väärätie ${view.width}`;
    for (const value of [`Oikeatie ${view.width}`, wrong]) {
      await visit.goto(`${path}/basics/address`);
      await fill(page, { value });
      await save(page, t('client-save'));
      await page.getByText(t('client-done-saved')).waitFor();
    }
    await visit.goto(`${path}/basics/address`);
    await press(page, t('mistake-link'));
    await says(page, wrong, t('mistake-back'), `Oikeatie ${view.width}`);
    await save(page, t('mistake-save'));
    await refused(visit, ['why', 'reason']);
    await visit.check('client-mistake');
    await fill(page, { why: 'written_wrong', reason: 'Katu kuultiin väärin puhelimessa.' });
    await save(page, t('mistake-save'));
    await page.getByText(t('client-done-mistake-back')).waitFor();
    const home = page.locator('section[aria-labelledby="g-home"]');
    await home.locator('summary').last().click();
    await says(page, `Oikeatie ${view.width}`, wrong, 'Katu kuultiin väärin puhelimessa.', `${AINO} mitätöi`);
    await visit.check('client-mistake-trace');
    await visit.close();
  });
}

for (const view of [{ width: 1280 }, { width: 390 }]) {
  test(`a name written by mistake is taken back, and the one before it holds again, ${viewName(view)}`, async () => {
    const visit = await open(browser, house, view);
    const { page } = visit;
    await enter(visit, AINO);
    const path = await find(visit, MIKAEL);
    const wrong = view.width > 600 ? 'Rautiola' : 'Rautiainen';
    await visit.goto(`${path}/basics/name`);
    await fill(page, { name_kind: 'current', family: wrong, given: 'Mikael' });
    await visit.check('client-name');
    await save(page, t('client-save'));
    await page.getByText(t('client-done-saved')).waitFor();
    await visit.check('client-name-changed', { full: true });
    await page.locator('section[aria-labelledby="g-identity"] a[href*="/mistakes/"]').first().click();
    await page.waitForURL(/\/mistakes\//);
    await says(page, wrong, t('mistake-back'), 'Mikael Rautio');
    await save(page, t('mistake-save'));
    await refused(visit, ['why', 'reason']);
    await visit.check('client-name-mistake', { full: true });
    await fill(page, { why: 'written_wrong', reason: 'Sukunimi kuultiin väärin.' });
    await save(page, t('mistake-save'));
    await page.getByText(t('client-done-mistake-back')).waitFor();
    await page.locator('section[aria-labelledby="g-identity"] summary').last().click();
    await says(page, 'Mikael Rautio', wrong, 'Sukunimi kuultiin väärin.');
    await visit.check('client-name-mistake-trace', { full: true });
    await visit.goto('/clients/search');
    await send(page, 'by-own', { own_name: wrong.toLowerCase() }, t('search-go'));
    assert.ok(!(await text(page)).includes('Mikael Rautio'), 'nobody is found by a wrong name');
    await visit.close();
  });
}

test('two people change the same thing: both texts are shown', async () => {
  const [one, other] = [await open(browser, house, { width: 1280 }), await open(browser, house, { width: 390 })];
  await enter(one, AINO);
  await enter(other, AINO);
  const path = await find(one, MIKAEL);
  const value = (visit) => visit.page.locator('#f-value');
  await one.goto(`${path}/basics/contact_wish`);
  await other.goto(`${path}/basics/contact_wish`);
  await value(one).fill('ensin tekstiviesti');
  await save(one.page, t('client-save'));
  await one.page.getByText(t('client-done-saved')).waitFor();
  await value(other).fill('soitto aamulla');
  await save(other.page, t('client-save'));
  await other.page.getByRole('heading', { name: t('client-conflict-title') }).waitFor();
  await says(other.page, 'ensin tekstiviesti', 'soitto aamulla', AINO);
  await other.check('client-conflict');
  await press(other.page, t('client-conflict-keep-mine'));
  await other.page.getByText(t('client-done-saved')).waitFor();
  const kept = await other.page.locator('main').textContent();
  assert.ok(kept.includes('soitto aamulla') && kept.includes('ensin tekstiviesti'), 'the earlier one is readable under the new one');
  await one.close();
  await other.close();
});

for (const view of [{ width: 1280 }, { width: 390 }]) {
  test(`the front door learns where to ask, and opens with a reason only, ${viewName(view)}`, async () => {
    const visit = await open(browser, house, view);
    const { page } = visit;
    // What was opened stays open for hours, so each view has a client of its own.
    const [asked, name] = view.width > 600 ? [NOORA, 'Noora Kivelä'] : [MIKAEL, 'Mikael Rautio'];
    await enter(visit, JAANA);
    await visit.goto('/clients/search');
    await byCode(page, asked);
    await page.getByText(t('search-exists-title')).first().waitFor();
    const told = await text(page);
    assert.ok(!told.includes(name) && !told.includes(AINO), 'neither the name nor the worker');
    await visit.check('client-exists');
    await press(page, t('search-none-exceptional'));
    await page.waitForURL(/exceptional/);
    await says(page, t('exceptional-told-lead'), t('exceptional-told-client'));
    await visit.check('client-exceptional');
    await save(page, t('exceptional-open'));
    await refused(visit, ['code', 'reason']);
    await fill(page, { code: 'present', reason: 'Asiakas on tiskillä ja pyytää apua heti.' });
    await save(page, t('exceptional-open'));
    await page.waitForURL(/\/clients\/[0-9a-f-]{36}$/);
    await says(page, name, t('exceptional-banner-words'));
    if (asked === NOORA) await says(page, t('client-alert-nondisclosure'));
    const shown = await page.content();
    assert.ok(!SECRET.test(shown), 'no protected address');
    assert.equal(await page.getByRole('link', { name: t('client-act-matter') }).count(), 0, 'nothing can be done');
    await visit.check('client-opened-exceptionally');
    await visit.close();
  });

  test(`a counsellor meets the same words for unknown and hidden, ${viewName(view)}`, async () => {
    const visit = await open(browser, house, view);
    const { page } = visit;
    await enter(visit, VILLE);
    await visit.goto('/clients');
    await visit.check('clients-counsellor');
    await visit.goto('/clients/search');
    await send(page, 'by-name', { family: 'Olematon', given: 'Henkilö' }, t('search-go'));
    await refused(visit, ['birth', 'reason']);
    await visit.check('client-search-refused');
    await send(page, 'by-name', { family: 'Olematon', given: 'Henkilö', birth: '1.1.1980', reason: 'contact' }, t('search-go'));
    await page.getByText(t('search-none-title')).first().waitFor();
    await visit.goto('/clients/00000000-0000-7000-8000-000000000000');
    await page.getByText(t('public-failure-not-found')).first().waitFor();
    await visit.close();
  });

  test(`the lead shares out work and gives rights, without content, ${viewName(view)}`, async () => {
    const visit = await open(browser, house, view);
    const { page } = visit;
    await enter(visit, HANNA);
    await visit.goto('/clients');
    await visit.check('clients-lead');
    await page.getByRole('link', { name: 'Noora Kivelä' }).click();
    await page.waitForURL(/\/clients\/[0-9a-f-]{36}$/);
    await says(page, 'Noora Kivelä', t('client-may-lead'));
    assert.ok(!(await page.content()).includes(NOORA), 'no identity code');
    await visit.check('client-lead');
    const path = new URL(page.url()).pathname;
    await visit.goto(`${path}/access`);
    await save(page, t('secret-right-save'));
    await refused(visit, ['who', 'task', 'until']);
    await visit.check('client-access-refused');
    await fill(page, { who: /Aino Salmela/, task: `Muuton järjestäminen ${viewName(view)}`, until: inDays(20) });
    await save(page, t('secret-right-save'));
    await page.getByText(t('client-done-secret-given')).waitFor();
    await says(page, AINO, 'Muuton järjestäminen', HANNA);
    await visit.check('client-access-lead');
    assert.ok(!SECRET.test(await page.content()), 'whoever gives the right does not see the address');
    await visit.close();
  });

  test(`the own worker opens a protected address with a reason, once, ${viewName(view)}`, async () => {
    const visit = await open(browser, house, view);
    const { page } = visit;
    await enter(visit, AINO);
    const path = await find(visit, NOORA);
    assert.ok(!SECRET.test(await page.content()), 'the address is not in the page');
    await press(page, t('client-alert-nondisclosure-show'));
    await page.waitForURL(/secret$/);
    await fill(page, { reason: 'lyhyt' });
    await save(page, t('secret-open'));
    await refused(visit, ['reason']);
    await visit.check('client-secret-refused');
    await fill(page, { reason: 'Kotikäynti sovittu huomiselle klo 10.' });
    await save(page, t('secret-open'));
    // Asked again who is at the screen, with nothing typed twice.
    await page.waitForURL(/sign-in\/confirm/);
    await visit.check('client-secret-confirm');
    await confirm(visit);
    await page.getByText(t('secret-shown')).waitFor();
    assert.match(await text(page), SECRET);
    await visit.check('client-secret');
    await visit.goto(path);
    assert.ok(!SECRET.test(await page.content()), 'shown once');
    await visit.close();
  });

  test(`two records of one person: asked, taken, compared, ${viewName(view)}`, async () => {
    const visit = await open(browser, house, view);
    await enter(visit, AINO);
    const made = [somebody(), somebody()];
    for (const person of made) {
      await visit.goto('/clients/new');
      await fill(visit.page, { has_code: 'yes', code: person.code, family: person.family, given: person.given });
      await save(visit.page, t('client-new-save'));
      await visit.page.getByText(t('client-done-created')).waitFor();
    }
    await visit.goto(`${new URL(visit.page.url()).pathname}/merge`);
    await fill(visit.page, { other: made[0].code });
    await save(visit.page, t('merges-ask'));
    await refused(visit, ['reason']);
    await visit.check('client-merge');
    await fill(visit.page, { reason: 'Sama puhelinnumero ja sama äiti.' });
    await save(visit.page, t('merges-ask'));
    await visit.page.getByText(t('client-done-merge-asked')).waitFor();
    await visit.close();

    const steward = await open(browser, house, view);
    await enter(steward, OLLI);
    await steward.goto('/clients/merges');
    assert.ok(!(await text(steward.page)).includes(made[0].family), 'no names before a case is taken');
    await steward.check('client-merges');
    await press(steward.page, t('merges-take'));
    await steward.page.waitForURL(/merges\/[0-9a-f-]{36}/);
    await says(steward.page, made[0].family, made[1].family, t('merges-differs'));
    await steward.check('client-compare');
    await fill(steward.page, { reason: 'Kaksi eri henkilötunnusta: kaksi ihmistä.' });
    await press(steward.page, t('merges-refuse'));
    await steward.page.getByText(t('client-done-refused')).waitFor();
    await steward.close();

    const officer = await open(browser, house, view);
    await enter(officer, SIRPA);
    await officer.goto('/clients');
    await officer.page.getByText(t('public-failure-not-found')).first().waitFor();
    await officer.close();
  });
}

for (const view of [{ width: 1280 }, { width: 390 }]) {
  test(`an order is renewed, not shortened without a reason, and ended; a guardian too, ${viewName(view)}`, async () => {
    const visit = await open(browser, house, view);
    const { page } = visit;
    await enter(visit, AINO);
    const path = await find(visit, NOORA);
    await visit.goto(`${path}/related`);
    const guardian = `Kerttu ${view.width > 600 ? 'Vahtola' : 'Valvola'}`;
    await fill(page, { name: guardian, role: 'legal_guardian', scope: 'talous', until: '1.1.2020', from: '1.1.2021' });
    await save(page, t('client-save'));
    await refused(visit, ['until']);
    assert.equal(await page.locator('#f-name').inputValue(), guardian);
    await visit.check('client-guardian-refused', { full: true });
    await fill(page, { until: '' });
    await save(page, t('client-save'));
    await page.getByText(t('client-done-related')).waitFor();
    await press(page.locator('section[aria-labelledby="g-people"] li', { hasText: guardian }), t('client-end'));
    await page.waitForURL(/\/related\//);
    await fill(page, { on: '31.2.2026' });
    await save(page, t('client-end'));
    await refused(visit, ['on']);
    await visit.check('client-guardian-end');
    await fill(page, { on: '' });
    await save(page, t('client-end'));
    await page.getByText(t('client-done-related-ended')).waitFor();

    // The order in force: shortened only with a reason, renewed by its last day.
    await visit.goto(`${path}/non-disclosure`);
    const until = await page.locator('#f-until').inputValue();
    await visit.check('client-order', { full: true });
    await fill(page, { until: inDays(3) });
    await save(page, t('nondisclosure-edit-save'));
    await refused(visit, ['reason']);
    await visit.check('client-order-refused', { full: true });
    await fill(page, { until });
    await save(page, t('nondisclosure-edit-save'));
    await page.getByText(t('client-done-nondisclosure')).waitFor();
    await visit.goto(`${path}/non-disclosure/end`);
    await save(page, t('nondisclosure-end-save'));
    await refused(visit, ['reason']);
    await visit.check('client-order-end');
    if (view.width < 600) {
      await fill(page, { reason: 'Virasto vahvisti päättymisen kirjeellä.' });
      await save(page, t('nondisclosure-end-save'));
      await page.getByText(t('client-done-nondisclosure-ended')).waitFor();
      assert.ok(!SECRET.test(await page.content()), 'what was hidden stays hidden until it is opened');
      await visit.check('client-order-ended', { full: true });
    }
    await visit.close();
  });
}

for (const language of ['sv', 'en']) {
  test(`the same in ${language}`, async () => {
    const visit = await open(browser, house, { width: 390, language });
    const own = words(language);
    await enter(visit, AINO);
    for (const [where, name] of [['/clients', 'clients'], ['/clients/search', 'client-search'], ['/clients/new', 'client-new']]) {
      await visit.goto(where);
      await visit.check(name);
    }
    await visit.goto('/clients');
    await visit.page.getByRole('link', { name: 'Mikael Rautio' }).click();
    await visit.page.waitForURL(/\/clients\/[0-9a-f-]{36}$/);
    await says(visit.page, own('client-fact-own-worker'), own('client-workers'));
    await visit.check('client');
    const path = new URL(visit.page.url()).pathname;
    for (const where of ['basics', 'access', 'relation', 'non-disclosure', 'related']) {
      await visit.goto(`${path}/${where}`);
      await visit.check(`client-${where}`);
    }
    await visit.close();
  });
}
