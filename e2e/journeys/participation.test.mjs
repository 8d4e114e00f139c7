// Participation through a year: a cafe from its plan to word back, a round of Bikva, the yearly cycle, a forum's pack, and
// the public list of open gatherings.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch, open, viewName } from '../lib/browser.mjs';
import { startNoste } from '../lib/house.mjs';
import { enter, fill, inDays, press, refused, says } from '../lib/people.mjs';
import { words } from '../lib/words.mjs';

const KIRSI = 'Kirsi Aaltonen'; // editor of social reporting
let browser, house;
before(async () => {
  [browser, house] = await Promise.all([launch(), startNoste({ args: ['--no-limits'] })]);
});
after(async () => {
  await browser?.close();
  await house?.close();
});

for (const [turn, view] of [{ width: 1280 }, { width: 390, script: false }].entries()) {
  const t = words('fi');
  const title = ['Keskustelukahvila asumisesta', 'Keskustelukahvila rahasta'][turn];

  test(`participation, ${viewName(view)}`, async () => {
    const visit = await open(browser, house, view);
    const { page } = visit;
    const main = page.locator('main');
    const save = async (done) => {
      await press(main, t('participation-save'));
      await page.waitForURL(new RegExp(`done=${done}`));
    };
    await enter(visit, KIRSI);
    await visit.goto('/participation');
    await visit.check('participation');
    await visit.goto('/participation?show=held');
    await visit.check('participation-held');

    // A cafe, refused first and kept as it was typed.
    await visit.goto('/participation/new');
    await press(main, t('participation-save'));
    await refused(visit, ['kind', 'title', 'held_on', 'place', 'held_by', 'theme']);
    await visit.check('participation-new-refused');
    await fill(page, { kind: 'cafe', title: `${title}, Matti Virtanen puhuu`, held_on: inDays(0), place: 'Kirjasto', held_by: 'sosiaaliohjaaja', theme: 'asuminen', is_open: 'yes' });
    await press(main, t('participation-save'));
    await refused(visit, ['title']);
    await visit.check('participation-new-doubt');
    await fill(page, { title });
    await save('written');
    const gathering = new URL(page.url()).pathname;
    await visit.check('gathering-planned');
    for (const language of ['fi', 'sv', 'en', 'easy']) {
      const anybody = await open(browser, house, { ...view, language: language === 'easy' ? 'fi' : language });
      await anybody.goto(`/${language}/tapaamiset`);
      await says(anybody.page, title);
      await anybody.check(`gatherings-public-${language}`);
      await anybody.close();
    }

    // What came of it, and where its proposal went.
    await visit.goto(`${gathering}/outcome`);
    await fill(page, { people: '12', experts: '2', developers: '3', reward: 'paid', outcome: 'Apu tulee liian myöhään.' });
    await visit.check('gathering-outcome');
    await save('held');
    await visit.goto(`${gathering}/proposals`);
    await fill(page, { words: 'Ilmoitus jo toisesta erästä' });
    await save('said');
    await press(main, t('participation-feed-title'));
    await page.waitForURL(/\/participation\/proposals\//);
    await fill(page, { way: 'evidence', phenomenon: /Vuokravelasta/, quality: 'moderate' });
    await visit.check('gathering-feed');
    await save('fed');
    await visit.goto(`${gathering}/phenomena`);
    await fill(page, { phenomenon: /Vuokravelasta/, stage: 'collect' });
    await save('linked');
    await visit.goto(`${gathering}/told`);
    await fill(page, { told_on: inDays(0), told_how: 'Ilmoitustaululla' });
    await save('told');
    await says(page, 'Ilmoitustaululla', 'Apu tulee liian myöhään', t('gathering-said-evidence'));
    await visit.check('gathering-told');

    // Bikva: each stage reads what those below said.
    await visit.goto('/participation/bikva/new');
    await fill(page, { title: `Asumisneuvonta ${turn}`, phenomenon: /Vuokravelasta/ });
    await save('opened');
    const round = new URL(page.url()).pathname;
    await visit.check('bikva-new');
    await visit.goto(`${round}/answer`);
    await fill(page, { held_on: inDays(0), people: '6', words: 'Apu tuli vasta häädöstä.' });
    await save('answered');
    await visit.goto(`${round}/answer`);
    await says(page, 'Apu tuli vasta häädöstä.');
    await press(main, t('participation-save'));
    await refused(visit, ['held_on', 'people', 'words']);
    await visit.check('bikva-refused');
    await fill(page, { held_on: inDays(0), skipped: 'Kysytään syksyllä.' });
    await save('answered');
    await says(page, 'Kysytään syksyllä.', t('bikva-turn'));
    await visit.check('bikva');

    // The cycle, and a pack for its next meeting.
    await visit.goto('/participation/cycle');
    await visit.check('cycle');
    await visit.goto('/participation/cycle/new');
    await fill(page, { title: 'Raati kokoontuu', role: 'koordinaattori', day: '29', month: '2' });
    await press(main, t('participation-save'));
    await refused(visit, ['day']);
    await fill(page, { day: '28' });
    await save('added');
    for (const forum of ['management', 'council', 'hyte']) {
      await visit.goto(`/participation/pack?forum=${forum}`);
      await says(page, t('pack-actions'));
      await visit.check(`pack-${forum}`);
    }
    await press(main, t('participation-decide-title'));
    await page.waitForURL(/\/decisions$/);
    await fill(page, { decided_on: inDays(0), words: 'Asumisneuvonta kuntaan', role: 'koordinaattori', follow_on: inDays(90) });
    await visit.check('pack-decide');
    await save('decided');
    await says(page, 'Asumisneuvonta kuntaan');
    assert.match(page.url(), /forum=hyte/);
    await visit.close();
  });
}
