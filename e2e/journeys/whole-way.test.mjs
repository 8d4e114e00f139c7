// One client's whole way, from the first contact to a reviewed plan and the end, in the hands of one worker; what each task
// costs her is counted and printed. Nothing is typed twice: the counter refuses it.
import { after, before, describe, test } from 'node:test';
import { launch, open, viewName, walked } from '../lib/browser.mjs';
import { Counted } from '../lib/count.mjs';
import { startNoste } from '../lib/house.mjs';
import { AINO, enter, inDays, says } from '../lib/people.mjs';
import { words } from '../lib/words.mjs';

let browser, house;
before(async () => {
  [browser, house] = await Promise.all([launch(), startNoste({ args: ['--no-limits'] })]);
});
after(async () => {
  await browser?.close();
  await house?.close();
});

/** A worker at her screen: what she writes, chooses and presses is counted. */
class Worker extends Counted {
  constructor(visit) {
    super(visit.page);
    this.visit = visit;
    this.page = visit.page;
    this.t = words(visit.view.language);
  }

  field(name) {
    return this.page.locator(`main [name="${name}"]:not([type=hidden])`).first();
  }

  async fill(name, text) {
    await this.write(this.field(name), text);
  }

  /** A choice that may stand behind a fold: it is opened first. */
  async one(name, value) {
    await this.tick(this.page.locator(`main input[name="${name}"][value="${value}"]`));
  }

  async link(key, args) {
    const name = this.t(key, args);
    const target = this.page.locator('main').getByRole('link', { name: new RegExp(`^${escape(name)}(?=$|\\s|:)`) });
    await this.click(target.first());
    await this.page.waitForLoadState('load');
  }

  async button(key) {
    const name = this.t(key);
    const target = this.page.locator('main').getByRole('button', { name: new RegExp(`^${escape(name)}(?=$|\\s|:)`) });
    await this.click(target.first());
    await this.page.waitForLoadState('load');
  }
}

const escape = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
const path = (page) => new URL(page.url()).pathname;

const VIEWS = walked([
  { width: 1280, language: 'fi' },
  { width: 390, language: 'fi', proof: true },
  { width: 1280, language: 'sv', proof: true },
  { width: 390, language: 'sv' },
  { width: 1280, language: 'en' },
  { width: 390, language: 'en', proof: true },
  { width: 390, language: 'fi', script: false },
  { width: 1280, language: 'fi', script: false, proof: true },
]);

describe('the whole way of a client', { concurrency: 2 }, () => {
  for (const [number, view] of VIEWS.entries()) {
    test(`the whole way of a client, ${viewName(view)}`, () => wholeWay(view, number));
  }
});

async function wholeWay(view, number) {
  const visit = await open(browser, house, { ...view, script: view.script ?? true });
  const worker = new Worker(visit);
  const { page, t } = worker;
  await enter(visit, AINO);
  const family = `Valkama${'abcdefghij'[number]}`;
  let matter, client, plan;

  await worker.task('take a contact', async () => {
    await visit.goto('/contacts/new');
    await visit.check('way-contact');
    await worker.fill('own_words', 'Vuokra on kaksi kuukautta rästissä, kirjeet avaamatta');
    await worker.fill('person_name', `Leena ${family}`);
    await worker.fill('phone', `040 321 000${number}`);
    await worker.choose(worker.field('municipality'), '179');
    await worker.one('urgency', 'week');
    await worker.button('new-save');
    await page.waitForURL(/\/contacts\/[0-9a-f-]{36}/);
  });
  await worker.task('open her matter', async () => {
    await worker.link('act-matter');
    await worker.fill('birth', `${number + 1}.9.1983`);
    await worker.choose(worker.field('name'), 'social_work');
    await worker.button('matter-link-save');
    await page.waitForURL(/\/matters\/[0-9a-f-]{36}/);
    matter = path(page);
  });
  await visit.check('way-matter');

  await worker.task('name the own worker', async () => {
    await worker.link('matter-own-worker-open');
    await visit.check('way-own-worker');
    const me = await worker.field('staff').locator('option', { hasText: AINO }).first().getAttribute('value');
    await worker.choose(worker.field('staff'), me);
    if ((await worker.field('from').inputValue()) === '') await worker.fill('from', inDays(0));
    await worker.button('matter-own-worker-save');
    await page.waitForURL(/done=own-worker/);
  });

  await worker.task('assess', async () => {
    await visit.goto(`${matter}/assessments/new`);
    await visit.check('way-assessment-begin');
    await worker.button('assessment-begin-save');
    await page.waitForURL(/\/assessments\/[0-9a-f-]{36}/);
  });
  const assessment = path(page);
  await visit.check('way-assessment');
  await worker.task('finish the assessment', async () => {
    await visit.goto(`${assessment}/parts/areas`);
    await visit.check('way-assessment-areas');
    await worker.one('open', 'housing');
    await worker.button('assessment-save');
    await visit.goto(`${assessment}/parts/housing`);
    await visit.check('way-assessment-housing');
    await worker.fill('own', 'Haluan pitää kodin, jossa olen asunut kymmenen vuotta');
    await worker.one('need', 'temporary');
    await worker.button('assessment-save');
    const own = page.locator('main a[href*="/parts/own-"]').first();
    await visit.goto(assessment);
    await worker.click(own);
    await page.waitForURL(/\/parts\/own-/);
    await worker.fill('own', 'Tarvitsen apua kirjeiden avaamiseen ja soittamiseen');
    await worker.button('assessment-save');
    await visit.goto(`${assessment}/parts/conclusions`);
    await worker.fill('conclusions', 'Asuminen turvataan maksusuunnitelmalla ja arjen tuella');
    await worker.one('continues', 'yes');
    await worker.one('own_worker', 'yes');
    await worker.one('plan', 'yes');
    await worker.button('assessment-save');
    await visit.goto(`${assessment}/finish`);
    await visit.check('way-assessment-finish');
    await worker.button('assessment-finish-save');
    await confirmed(worker);
    await page.waitForURL(new RegExp(`${assessment}(\\?|$)`));
  });
  await visit.check('way-assessment-finished');

  await worker.task('begin the plan', async () => {
    await visit.goto(`${matter}/plans/new`);
    await visit.check('way-plan-new');
    await worker.button('plan-new-save');
    await page.waitForURL(/\/plans\/[0-9a-f-]{36}/);
    plan = path(page);
  });
  await worker.task('add a goal with two actions', async () => {
    await visit.goto(`${plan}/goals/new`);
    await visit.check('way-goal');
    await worker.fill('words', 'Haluan, että vuokra tulee maksettua joka kuukausi');
    await worker.fill('what-1', 'Soitan vuokranantajalle yhdessä Leenan kanssa');
    const me = await worker.field('owner-1').locator('option[value^="staff:"]').first().getAttribute('value');
    await worker.choose(worker.field('owner-1'), me);
    await worker.fill('due-1', inDays(7));
    await worker.fill('what-2', 'Tuon tiliotteet kolmelta kuukaudelta');
    const own = await worker.field('owner-2').locator('option[value^="client:"]').first().getAttribute('value');
    await worker.choose(worker.field('owner-2'), own);
    await worker.fill('due-2', inDays(10));
    await worker.button('plan-goal-new-save');
    await page.waitForURL(new RegExp(`${plan}(\\?|$)`));
  });
  await visit.check('way-plan');
  await worker.task('put the plan into force', async () => {
    await visit.goto(`${plan}/finish`);
    await visit.check('way-plan-finish');
    await worker.one('with', 'yes');
    if ((await worker.field('review_on').inputValue()) === '') await worker.fill('review_on', inDays(60));
    await worker.button('plan-finish-save');
    await page.waitForURL(new RegExp(`${plan}(\\?|$)`));
  });

  await worker.task('write a note', async () => {
    await visit.goto(`${matter}/notes/new`);
    await visit.check('way-note');
    await worker.fill('body', 'Soitettiin vuokranantajalle. Vuokravelka maksetaan kolmessa erässä. ”Nyt uskallan taas nukkua.”');
    await worker.fill('next-1', 'Ensimmäisen erän kuitti nähtäville');
    await worker.fill('by-1', inDays(14));
    await worker.button('note-finish');
    await page.waitForURL((url) => !url.pathname.endsWith('/new'));
  });
  await visit.check('way-note-finished');

  await worker.task('record advice', async () => {
    await visit.goto('/advice');
    await worker.fill('asked', 'Miten asumistuki haetaan opiskelijana');
    await worker.fill('advised', 'Hakemus Kelan sivuilla, liitteet kuvina');
    await worker.fill('next', 'Hän täyttää hakemuksen illalla kotona');
    await worker.button('advice-save');
    await page.getByText(t('advice-done')).waitFor();
  });

  await worker.task('find a client', async () => {
    const bar = page.getByRole('searchbox', { name: t('top-search') });
    if (visit.view.script) {
      await worker.key('/');
      await worker.write(bar, family.toLowerCase());
    } else await worker.write(bar, family.toLowerCase());
    await worker.key('Enter');
    await page.waitForURL(/\/clients/);
    await worker.click(page.locator('main').getByRole('link', { name: new RegExp(family) }).first());
    await page.waitForURL(/\/clients\/[0-9a-f-]{36}/);
    client = path(page);
  });

  await worker.task('find the rent debt in her documents', async () => {
    await visit.goto(client);
    await worker.write(page.locator('#timeline-words, main [name="words"], main [name="q"]').first(), 'vuokravelan');
    await worker.key('Enter');
    await page.locator('mark').first().waitFor();
  });
  await says(page, 'Vuokravelka maksetaan kolmessa erässä');
  await visit.check('way-client');

  await worker.task('review a goal', async () => {
    await visit.goto(`${plan}/review`);
    await visit.check('way-review');
    const attained = page.locator('main input[name^="attained-"][value="partly"]').first();
    await worker.tick(attained);
    await worker.write(page.locator('main textarea[name^="client-"]').first(), 'Kaksi erää on maksettu ajallaan');
    await worker.write(page.locator('main textarea[name^="worker-"]').first(), 'Maksusuunnitelma on pitänyt, tuki jatkuu');
    if (await page.locator('main input[name="with"][value="yes"]').count()) await worker.one('with', 'yes');
    if ((await worker.field('review_on').inputValue()) === '') await worker.fill('review_on', inDays(120));
    await worker.button('plan-review-save');
    await page.waitForURL(new RegExp(`${plan}(\\?|$)`));
  });
  await visit.check('way-reviewed');

  await worker.task("make the client's copy", async () => {
    await visit.goto(plan);
    await worker.link('plan-copy-open');
    await visit.check('way-copy-ask');
    await worker.one('purpose', 'client');
    await worker.button('plan-copy-show');
    await page.locator('.n-copy').waitFor();
  });
  await visit.check('way-copy');

  await worker.task('close', async () => {
    await visit.goto(`${matter}/close`);
    await visit.check('way-close');
    await worker.one('reason', 'handled');
    await worker.fill('body', 'Vuokra on kunnossa ja posti aukeaa itse');
    await worker.tick(page.locator('main input[name^="heard-"][value="fully"]').first());
    await worker.button('matter-close-save');
    await page.waitForURL(/done=close/);
  });
  await visit.check('way-closed');
  console.log(`\n${viewName(view)}\n${worker.table()}\n`);
  await visit.close();
}

/** Who is at the screen is asked again before an assessment is finished. */
async function confirmed(worker) {
  const { page } = worker;
  await page.waitForLoadState('load');
  if (!/\/sign-in\/confirm/.test(page.url())) return;
  await worker.button('signin-confirm-go');
  await page.waitForURL(/\/sign-in\/held\//);
  await worker.button('public-resend-again');
}
