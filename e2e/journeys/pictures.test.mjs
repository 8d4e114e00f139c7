// The pictures of docs/pictures, taken on the way of one contact. Only with NOSTE_PICTURES=1; the journeys beside this
// file look at the same pages every time.
import { test } from 'node:test';
import { launch, open } from '../lib/browser.mjs';
import { startNoste } from '../lib/house.mjs';
import { AINO, contact, enter, fill, HANNA, JAANA, look, press, row, save } from '../lib/people.mjs';
import { words } from '../lib/words.mjs';

const t = words('fi');

test('pictures', { skip: process.env.NOSTE_PICTURES === '1' ? false : 'NOSTE_PICTURES=1 takes them' }, async () => {
  const [browser, house] = await Promise.all([launch(), startNoste({ persons: 400, args: ['--no-limits'] })]);
  try {
    const said = 'Sain häätöilmoituksen, ja muuttopäivä on kahden viikon päästä. Meillä on kaksi lasta. En tiedä, kenen kanssa asiasta pitäisi puhua.';
    const sender = await open(browser, house, { width: 390 });
    const code = await contact(sender, { words: said, wish: 'week', way: 'code', name: 'Anna Esimerkki' }, { look: async () => {
      await sender.page.evaluate(() => scrollTo(0, 0));
      await sender.shot('public-form', { keep: true });
    } });
    await sender.page.evaluate(() => scrollTo(0, 0));
    await sender.shot('receipt', { keep: true });

    const phone = await open(browser, house, { width: 390 });
    await enter(phone, JAANA);
    await phone.goto('/contacts');
    await phone.shot('queue', { keep: true });

    const front = await open(browser, house, { width: 1280 });
    await enter(front, JAANA);
    await front.goto('/contacts');
    await row(front.page, 'Sain häätöilmoituksen').locator('[data-row-link]').click();
    await front.page.waitForURL(/\/contacts\/[0-9a-f-]{36}/);
    await front.shot('queue', { keep: true });
    await press(front.page.locator('#contact'), 'Otan kopin');
    await front.page.getByText(t('done-taken')).waitFor();
    await press(front.page, t('act-offer'));
    await front.page.waitForURL(/\/offer/);
    await fill(front.page, { receiver: new RegExp(AINO), reason: 'Häätöpäivä on kahden viikon päästä, ja perheessä on kaksi lasta. Vuokranantajan numero on kirjattu. Anna odottaa soittoa tänään iltapäivällä.', warm: 'yes' });
    await front.page.evaluate(() => document.activeElement?.blur());
    await front.shot('hand-over', { keep: true });
    await save(front.page);
    await front.page.getByText(t('done-offered')).waitFor();
    await look(sender, code);
    await sender.shot('state', { keep: true });

    for (const [who, where, name] of [[JAANA, '/desk', 'desk'], [HANNA, '/unit', 'situation']]) {
      const visit = await open(browser, house, { width: 1280 });
      await enter(visit, who);
      await visit.goto(where);
      await visit.shot(name, { keep: true });
      await visit.close();
    }
    const dark = await open(browser, house, { width: 1280, scheme: 'dark' });
    await enter(dark, JAANA);
    await dark.goto('/contacts');
    await dark.check('queue', { keep: true });
    for (const visit of [sender, phone, front, dark]) await visit.close();
  } finally {
    await browser.close();
    await house.close();
  }
});
