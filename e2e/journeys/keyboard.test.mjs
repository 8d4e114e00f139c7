// The queue by keyboard only; single keys can be switched off; the focus is always seen.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch, open } from '../lib/browser.mjs';
import { startNoste } from '../lib/house.mjs';
import { enter, fill, HANNA, JAANA, press, says, text } from '../lib/people.mjs';
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

const focused = (page) => page.evaluate(() => {
  const one = document.activeElement;
  return { tag: one?.tagName, href: one?.getAttribute('href'), id: one?.id, key: one?.dataset.key };
});

test('the queue is worked without a mouse', async () => {
  const visit = await open(browser, house, { width: 1280 });
  const { page } = visit;
  const { keyboard } = page;
  await enter(visit, JAANA);
  await visit.goto('/contacts?tab=untaken');
  const hrefs = await page.locator('#queue-list [data-row-link]').evaluateAll((all) => all.map((one) => one.getAttribute('href')));
  assert.ok(hrefs.length >= 3);

  await keyboard.press('j');
  assert.equal((await focused(page)).href, hrefs[0], 'J: the first row');
  await keyboard.press('j');
  assert.equal((await focused(page)).href, hrefs[1], 'J: the next');
  await keyboard.press('k');
  assert.equal((await focused(page)).href, hrefs[0], 'K: back');
  await keyboard.press('k');
  assert.equal((await focused(page)).href, hrefs[0], 'K stops at the first');
  await visit.check('keyboard-row');

  // The keys are listed, the list is left with Esc, and the focus is where it was.
  await keyboard.press('?');
  const help = page.locator('#keys-help');
  await help.waitFor();
  for (const key of ['J', 'O', 'Y', 'Enter', 'Esc', '?']) assert.ok((await help.innerText()).includes(key), `the list has ${key}`);
  await visit.check('keyboard-help');
  await keyboard.press('Escape');
  await help.waitFor({ state: 'hidden' });
  assert.equal((await focused(page)).href, hrefs[0]);

  await keyboard.press('j');
  await keyboard.press('Enter');
  await page.waitForURL(/\/contacts\/[0-9a-f-]{36}/);
  const opened = page.url();
  await keyboard.press('o');
  await page.getByText(t('done-taken')).waitFor();
  assert.ok(page.url().startsWith(opened.split('?')[0]), 'O took the open one');
  await keyboard.press('l');
  await page.waitForURL(/\/offer$/);
  assert.equal(await page.locator('h1').innerText(), t('offer-title'));

  // In a field a letter is a letter; Esc leaves the field and keeps the text.
  await page.locator('#f-reason').focus();
  await keyboard.type('joko yksin');
  assert.equal(await page.locator('#f-reason').inputValue(), 'joko yksin');
  await keyboard.press('Escape');
  assert.notEqual((await focused(page)).id, 'f-reason');
  assert.equal(await page.locator('#f-reason').inputValue(), 'joko yksin');

  // Ctrl+Enter sends; Y begins a new contact.
  await fill(page, { receiver: new RegExp('Aino Salmela') });
  await page.locator('#f-reason').focus();
  await keyboard.press('Control+Enter');
  await page.getByText(t('done-offered')).waitFor();
  await visit.goto('/contacts');
  await keyboard.press('y');
  await page.waitForURL(/\/contacts\/new/);

  // O takes the row that one stands on, straight from the list.
  await visit.goto('/contacts?tab=untaken');
  await keyboard.press('j');
  await keyboard.press('o');
  await page.getByText(t('done-taken')).waitFor();
  await visit.close();
});

test('single keys can be switched off, and stay off', async () => {
  const visit = await open(browser, house, { width: 1280 });
  const { page } = visit;
  await enter(visit, HANNA);
  await visit.goto('/contacts');
  await press(page, t('keys-turn-off'));
  await page.getByRole('button', { name: t('keys-turn-on') }).waitFor();
  await visit.goto('/contacts');
  for (const key of ['j', 'y', '?', 'o']) await page.keyboard.press(key);
  assert.equal(page.url(), `${house.origin}/contacts`);
  assert.equal((await focused(page)).tag, 'BODY', 'no key did anything');
  assert.equal(await page.locator('#keys-help').count(), 0);
  await visit.check('keys-off');
  await press(page, t('keys-turn-on'));
  await page.getByRole('button', { name: t('keys-turn-off') }).waitFor();
  await page.keyboard.press('y');
  await page.waitForURL(/\/contacts\/new/);
  await visit.close();
});

test('the skip link comes first, and every stop of the tabulator is seen', async () => {
  for (const [where, who, width] of [['/contacts', JAANA, 1280], ['/desk', JAANA, 390], ['/contacts/new', JAANA, 1280], ['/fi/yhteydenotto', null, 390]]) {
    const visit = await open(browser, house, { width });
    const { page } = visit;
    if (who) await enter(visit, who);
    await visit.goto(where);
    await page.keyboard.press('Tab');
    const skip = page.locator('.ds-skip-link');
    assert.ok(await skip.evaluate((one) => one === document.activeElement), 'the skip link is first');
    assert.ok((await skip.boundingBox()).y >= 0, 'and it is seen');
    await visit.check(`skip${where.replaceAll('/', '-')}`);
    await page.keyboard.press('Enter');
    assert.equal(await page.evaluate(() => document.activeElement?.id), 'content');
    await visit.goto(where);

    const stops = [];
    for (let count = 0; count < 40; count += 1) {
      await page.keyboard.press('Tab');
      const stop = await page.evaluate(() => {
        const one = document.activeElement;
        if (!one || one === document.body) return null;
        const box = one.getBoundingClientRect();
        const seen = (element) => { const style = getComputedStyle(element); return (parseFloat(style.outlineWidth) >= 2 && style.outlineStyle !== 'none') || style.boxShadow !== 'none'; };
        const ring = seen(one) || (one.closest('.ds-field') !== null && seen(one.closest('.ds-field')));
        return { what: one.outerHTML.slice(0, 90), ring, area: box.width * box.height, inside: box.bottom > 0 && box.top < innerHeight };
      });
      if (!stop) break;
      stops.push(stop);
    }
    assert.ok(stops.length > 5);
    for (const stop of stops) {
      assert.ok(stop.ring, `the focus is seen: ${stop.what}`);
      assert.ok(stop.area > 0 && stop.inside, `the focused thing is on the screen: ${stop.what}`);
    }
    await visit.close();
  }
});

test('filters are kept in the session until they are taken away', async () => {
  for (const view of [{ width: 1280 }, { width: 390, script: false }]) {
    const visit = await open(browser, house, view);
    const { page } = visit;
    await enter(visit, JAANA);
    await visit.goto('/contacts');
    await page.locator('details:has(.n-filter-form) summary').click();
    await fill(page, { language: 'sv' });
    await press(page, t('filter-apply'));
    await says(page, 'Rajattu', 'Skuldrådgivning');
    assert.ok(!(await text(page)).includes('En uskalla mennä kotiin'), 'other languages are out');
    await visit.check('queue-filtered');

    await visit.goto('/desk');
    await visit.goto('/contacts');
    await says(page, 'Rajattu', 'Skuldrådgivning');

    // Nothing found: what is so, and what to do.
    await page.locator('details:has(.n-filter-form) summary').click();
    await fill(page, { language: 'sv', municipality: '992' });
    await press(page, t('filter-apply'));
    await says(page, 'Näillä rajauksilla ei löydy yhteydenottoja');
    await visit.check('queue-nothing-found');
    await press(page.locator('#queue-list'), t('filter-clear'));
    await says(page, 'En uskalla mennä kotiin');
    await visit.close();
  }
});

test('an empty list says what is so and what to do', async () => {
  const visit = await open(browser, house, { width: 1280 });
  await enter(visit, HANNA);
  await visit.goto('/contacts?tab=mine');
  await says(visit.page, t('queue-empty-mine'));
  await visit.check('queue-empty');
  await visit.goto('/desk');
  await says(visit.page, t('desk-offers-empty'));
  await visit.check('desk-empty');
  await visit.close();
});
