// A year of social reporting: what a worker and residents have seen becomes a phenomenon with statistics beside, a proposal, an
// answer by a link, an action that is followed, and word back to everybody who told.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch, open, viewName } from '../lib/browser.mjs';
import { startNoste } from '../lib/house.mjs';
import { enter, fill, inDays, press, refused, says, unhurried, VILLE } from '../lib/people.mjs';
import { words } from '../lib/words.mjs';

const KIRSI = 'Kirsi Aaltonen'; // editor of social reporting
const MARKKU = 'Markku Vainio'; // publisher of social reporting
let browser, house;
before(async () => {
  [browser, house] = await Promise.all([launch(), startNoste({ args: ['--no-limits'] })]);
});
after(async () => {
  await browser?.close();
  await house?.close();
});

/** Tells an observation on the public form and gives the code; what the house suggests is looked at and left. */
async function tell(language, body, view) {
  const t = words(language);
  const visit = await open(browser, house, { ...view, language: language === 'easy' ? 'fi' : language });
  await visit.goto(`/${language}/havainto`);
  const opened = Date.now();
  await visit.check(`observation-public-${language}`);
  await fill(visit.page, { body, valence: 'problem' });
  await unhurried(opened);
  await press(visit.page, t('public-observation-send'));
  await visit.page.locator('#look, #receipt-code').first().waitFor();
  if (await visit.page.locator('#look').count()) {
    const looked = Date.now();
    await visit.check(`observation-public-look-${language}`);
    await unhurried(looked);
    await press(visit.page, t('public-observation-send'));
  }
  const code = (await visit.page.locator('#receipt-code').innerText()).trim();
  await visit.check(`observation-public-sent-${language}`);
  await visit.close();
  return code;
}

/** What the page behind a code says. */
async function follow(language, code, view, ...parts) {
  const t = words(language);
  const visit = await open(browser, house, { ...view, language: language === 'easy' ? 'fi' : language });
  await visit.goto(`/${language}/havainto/tunnus`);
  await fill(visit.page, { code });
  await press(visit.page, t('public-observation-code-open'));
  await visit.page.getByRole('heading', { name: t('public-observation-steps-title') }).waitFor();
  await says(visit.page, ...parts);
  await visit.check(`observation-steps-${language}`);
  await visit.close();
}

const VIEWS = [
  { width: 1280 },
  { width: 390, script: false },
];
for (const [turn, view] of VIEWS.entries()) {
  const t = words('fi');
  const mark = ['kevät', 'syksy'][turn];
  const seen = {
    worker: `Vuokravelka huomataan vasta haasteesta, ${mark}`,
    fi: `Kukaan ei kysynyt vuokrasta ennen häätöä, ${mark}`,
    easy: `En saanut apua vuokraan ajoissa, ${mark}`,
    sv: `Hyresskulden märktes först efter stämningen, ${mark}`,
    en: `Nobody asked about the rent before the eviction, ${mark}`,
  };
  const title = `Vuokravelasta kuullaan liian myöhään, ${mark}`;

  test(`a year of social reporting, ${viewName(view)}`, async () => {
    // A worker, from any page.
    const worker = await open(browser, house, view);
    await enter(worker, VILLE);
    if (view.script !== false) await worker.page.keyboard.press('h');
    else await worker.goto('/observations/new');
    await worker.page.waitForURL(/\/observations\/new$/);
    await worker.check('observation-new');
    await press(worker.page.locator('main'), t('public-observation-send'));
    await refused(worker, ['body', 'valence']);
    await worker.check('observation-new-refused');
    await fill(worker.page, { body: `${seen.worker} 131052-308T`, valence: 'problem', way: 'own' });
    await press(worker.page.locator('main'), t('public-observation-send'));
    await refused(worker, ['body']);
    await fill(worker.page, { body: seen.worker });
    await press(worker.page.locator('main'), t('public-observation-send'));
    await worker.page.locator('#look').waitFor();
    await worker.check('observation-look');
    await fill(worker.page, { theme: 'asuminen' });
    await press(worker.page.locator('main'), t('public-observation-send'));
    await worker.page.waitForURL(/\/observations\/mine/);
    await worker.check('observations-mine');

    // Residents, each in her own language.
    const codes = {};
    for (const language of ['fi', 'easy', 'sv', 'en']) codes[language] = await tell(language, seen[language], view);
    await follow('fi', codes.fi, view, t('public-observation-state-sent'));
    // Five have come in: they are taken out together when the house looks next.
    await house.restart();

    // The editor reads each, and groups them.
    const editor = await open(browser, house, view);
    const { page } = editor;
    const main = page.locator('main');
    await enter(editor, KIRSI);
    await editor.goto('/observations');
    await editor.check('observations-sent');
    for (const body of Object.values(seen)) {
      await editor.goto('/observations');
      const row = page.locator('tr').filter({ hasText: body });
      await row.getByRole('link', { name: new RegExp(t('observations-open')) }).click();
      await page.waitForURL(/\/observations\/[0-9a-f-]{36}$/);
      await editor.check('observation-one');
      await press(main, t('observation-accept-do'));
      await page.waitForURL(/done=accepted/);
    }
    await editor.goto('/observations/rising');
    await says(page, t('rising-title'), t('rising-how'));
    await editor.check('observations-rising');
    await editor.goto('/observations?state=screened');
    await editor.check('observations-screened');
    await press(main, t('observations-group-do'));
    await page.locator('#error-summary').waitFor();
    for (const body of Object.values(seen)) {
      await page.locator('tr').filter({ hasText: body }).getByRole('checkbox').check();
    }
    await fill(page, { into: 'new', title, theme: 'asuminen', review_on: inDays(60) });
    await page.locator('input[name=theme][value=toimeentulo]').check();
    await press(main, t('observations-group-do'));
    await page.waitForURL(/\/phenomena\/[0-9a-f-]{36}/);
    const phenomenon = new URL(page.url()).pathname;
    await says(page, title, t('reporting-done-grouped'), 'Sotkanet', t('own-beside-title'), t('participation-panel-empty'));
    await editor.check('phenomenon-new');

    // Evidence, a statement that stands on it, a proposal to somebody named.
    await press(main, t('reporting-evidence-title'));
    await editor.check('phenomenon-evidence');
    await press(main, t('reporting-save'));
    await refused(editor, ['kind', 'words', 'source', 'quality']);
    await fill(page, {
      kind: 'statistic',
      words: 'Toimeentulotukea saavien osuus on kasvanut kunnissa.',
      source: 'Sotkanet 493, THL',
      quality: 'moderate',
    });
    await press(main, t('reporting-save'));
    await page.waitForURL(/done=saved/);
    for (const [kind, words, source] of [
      ['experience', 'Kirje ei riitä, joku saisi soittaa.', 'Asiakasraati'],
      ['research', 'Varhainen yhteydenotto vähentää häätöjä.', 'Asumisneuvonnan selvitys'],
    ]) {
      await press(main, t('reporting-evidence-title'));
      await fill(page, { kind, words, source, quality: 'moderate' });
      await press(main, t('reporting-save'));
      await page.waitForURL(/done=saved/);
      await says(page, words, t(`evidence-kind-${kind}`));
    }
    await editor.check('phenomenon-seen');
    await press(main, t('reporting-statement-title'));
    await fill(page, { words: 'Tieto vuokravelasta tulee liian myöhään.' });
    await page.getByRole('checkbox').first().check();
    await editor.check('phenomenon-statement');
    await press(main, t('reporting-save'));
    await page.waitForURL(/done=saved/);
    await press(main, t('reporting-propose-title'));
    await fill(page, {
      words: 'Vuokratalo ilmoittaa velasta 14 päivässä.',
      level: 'municipality',
      recipient: 'Jyväskylän kaupunki, asuntopalvelut',
      recipient_role: 'asuntopalvelujen päällikkö',
      due_on: inDays(30),
    });
    await editor.check('proposal-new');
    await press(main, t('reporting-save'));
    await page.waitForURL(/\/proposals\/[0-9a-f-]{36}/);
    const proposal = new URL(page.url()).pathname;
    const proposalPage = new RegExp(`${proposal}$`);
    await says(page, t('proposal-shown'), 'Tieto vuokravelasta tulee liian myöhään.', 'Sotkanet 493, THL');
    await editor.check('proposal-draft');
    await press(main, t('proposal-send-do'));
    const lost = (await page.locator('#proposal-link').innerText()).trim();
    assert.match(lost, /\/fi\/vastaus\/[0-9a-f]{64}$/);
    await editor.check('proposal-link');

    // The link was lost: a new one takes its place at once.
    await press(main, t('proposal-link-back'));
    await page.waitForURL(proposalPage);
    await editor.check('proposal-sent');
    await press(main, t('proposal-link-new-do'));
    await says(page, t('proposal-link-new-title'));
    const link = (await page.locator('#proposal-link').innerText()).trim();
    assert.notEqual(link, lost);

    // The recipient has no account.
    const recipient = await open(browser, house, view);
    const dead = await recipient.goto(new URL(lost).pathname);
    assert.equal(dead.status(), 410, 'the old link is dead');
    await says(recipient.page, t('public-answer-ended-title'), t('public-answer-ask'));
    await recipient.check('answer-replaced');
    for (const language of ['sv', 'en', 'easy']) {
      await recipient.goto(new URL(link).pathname.replace('/fi/', `/${language}/`));
      await recipient.check(`answer-${language}`);
    }
    await recipient.goto(new URL(link).pathname);
    await says(recipient.page, title, 'Tieto vuokravelasta tulee liian myöhään.', 'Sotkanet 493, THL');
    await recipient.check('answer');
    await press(recipient.page, t('public-answer-received-do'));
    await says(recipient.page, t('public-answer-received'));
    await press(recipient.page, t('public-answer-send'));
    await refused(recipient, ['kind', 'reason', 'decided_by_role']);
    await recipient.check('answer-refused');
    // What may be a name is asked about once: she changes it.
    await fill(recipient.page, {
      kind: 'partly',
      reason: 'Asian hoitaa matti virtanen kaupungilta.',
      decided_by_role: 'asuntopalvelujen päällikkö',
    });
    await press(recipient.page, t('public-answer-send'));
    await says(recipient.page, t('public-observation-look'), t('public-reporting-nobody'));
    await recipient.check('answer-look');
    await fill(recipient.page, {
      kind: 'partly',
      reason: 'Kaupungin omat talot ilmoittavat, yksityisistä neuvotellaan.',
      decided_by_role: 'asuntopalvelujen päällikkö',
      minutes: '§ 14',
    });
    await press(recipient.page, t('public-answer-send'));
    await says(recipient.page, t('public-answer-thanks'));
    await recipient.check('answer-sent');
    const again = await recipient.goto(new URL(link).pathname);
    assert.equal(again.status(), 410, 'a link answers once');
    await says(recipient.page, t('public-answer-answered-title'));
    await recipient.check('answer-answered');
    await press(recipient.page, t('public-answer-archive'));
    await recipient.page.waitForURL(/\/fi\/ehdotukset$/);
    await recipient.close();

    // An action, and what came of it.
    await editor.goto(proposal);
    await says(page, 'yksityisistä neuvotellaan');
    await press(main, t('reporting-action-title'));
    await fill(page, {
      words: 'Ilmoituskäytäntö kaupungin taloissa',
      responsible_role: 'asumisneuvonnan esihenkilö',
      ends_on: inDays(200),
      target: 'Sotkanet 493',
    });
    await editor.check('proposal-action');
    await press(main, t('reporting-save'));
    await page.waitForURL(/done=saved/);
    await main.getByRole('link', { name: 'Ilmoituskäytäntö kaupungin taloissa' }).click();
    await fill(page, { state: 'done' });
    await press(main, t('reporting-save'));
    await refused(editor, ['effect']);
    await fill(page, { effect: 'clear', words: 'Häätöjä oli puolet vähemmän.' });
    await editor.check('proposal-follow');
    await press(main, t('reporting-save'));
    await page.waitForURL(/done=followed/);
    await press(main, t('proposal-evaluate-do'));
    await page.waitForURL(/done=evaluated/);
    await editor.check('proposal-evaluated');
    await editor.goto(`${phenomenon}/influence`);
    await fill(page, { level: 'state', forum: 'Ympäristöministeriön kuuleminen', brought_on: inDays(0) });
    await editor.check('phenomenon-influence');
    await press(main, t('reporting-save'));
    await page.waitForURL(/done=saved/);
    await says(page, 'Ympäristöministeriön kuuleminen');
    await editor.check('phenomenon-followed');
    await editor.goto('/phenomena');
    await editor.check('phenomena');
    await editor.goto('/themes');
    await editor.check('themes');

    // The report: composed, checked, read by somebody else, released, public.
    await editor.goto('/publications/new');
    await editor.check('publication-new');
    await press(main, t('publication-begin'));
    await refused(editor, ['title', 'kind']);
    await fill(page, { title: `Ilmiökortti, ${mark}`, kind: 'sheet' });
    await press(main, t('publication-begin'));
    await page.waitForURL(/\/publications\/[0-9a-f-]{36}/);
    const publication = new URL(page.url()).pathname;
    await editor.goto(`${publication}/material`);
    await page.getByRole('radio', { name: title }).check();
    await editor.check('publication-material');
    await press(main, t('publication-save'));
    await page.waitForURL(/done=/);
    await press(main, t('publication-check'));
    await page.locator('#error-summary, #hindrances').first().waitFor();
    await editor.check('publication-hindered');
    for (const [section, text] of [
      ['summary', 'Tieto vuokravelasta tulee liian myöhään. Kaupunki on vastannut.'],
      ['interpretation', 'Havainnot kertovat, mitä on huomattu, eivät kuinka monta ihmistä asia koskee.'],
    ]) {
      await editor.goto(`${publication}/sections/${section}`);
      await fill(page, { words: text });
      await editor.check('publication-section');
      await press(main, t('publication-save'));
      await page.waitForURL(/done=/);
    }
    await press(main, t('publication-check'));
    await page.waitForURL(/done=/);
    await editor.check('publication-checked');
    await editor.goto(`${publication}/preview`);
    await says(page, 'Kaupunki on vastannut', 'yksityisistä neuvotellaan');
    await editor.check('publication-preview');
    await editor.close();

    const publisher = await open(browser, house, view);
    await enter(publisher, MARKKU);
    assert.match(publisher.page.url(), /\/publications$/, 'the day of a publisher begins with what waits to be read');
    await publisher.goto('/publications');
    await publisher.check('publications');
    await publisher.goto(publication);
    await press(publisher.page.locator('main'), t('publication-review'));
    await publisher.page.waitForURL(/done=/);
    await press(publisher.page.locator('main'), t('publication-release'));
    await publisher.page.waitForURL(/done=/);
    await publisher.check('publication-released');
    await publisher.close();

    const reader = await open(browser, house, view);
    await reader.goto('/fi/julkaisut');
    await says(reader.page, 'Ilmiökortti: vuokravelasta kuullaan vasta, kun häätö uhkaa');
    await reader.check('publications-public');
    await reader.page.getByRole('link', { name: `Ilmiökortti, ${mark}` }).click();
    await reader.page.waitForURL(/\/fi\/julkaisut\/\d+/);
    await says(reader.page, 'Kaupunki on vastannut', 'yksityisistä neuvotellaan', t('public-action-state-done'), t('action-effect-clear'));
    await says(reader.page, 'Ympäristöministeriön kuuleminen', t('influence-level-state'));
    await reader.check('publication-public');
    const address = new URL(reader.page.url()).pathname;
    await says(reader.page, `${house.origin}${address}/v/1`);
    const pdf = await reader.page.request.get(`${address}.pdf`);
    assert.equal(pdf.status(), 200);
    assert.equal((await pdf.body()).subarray(0, 5).toString(), '%PDF-');
    for (const file of await reader.page.locator('a[href$=".csv"]').evaluateAll((all) => all.map((one) => one.getAttribute('href')))) {
      const csv = await reader.page.request.get(file);
      assert.match(csv.headers()['content-type'], /^text\/csv/);
    }
    await reader.goto('/fi/ehdotukset');
    await says(reader.page, 'Vuokratalo ilmoittaa velasta 14 päivässä', 'yksityisistä neuvotellaan');
    await reader.check('proposals-public');
    for (const language of ['sv', 'en', 'easy']) {
      await reader.goto(`/${language}/julkaisut`);
      await reader.check(`publications-public-${language}`);
      await reader.goto(`/${language}/ehdotukset`);
      await reader.check(`proposals-public-${language}`);
    }
    await reader.close();

    // Everybody who told is told.
    await follow('fi', codes.fi, view, 'yksityisistä neuvotellaan', 'Häätöjä oli puolet vähemmän', title);
    await follow('easy', codes.easy, view, 'yksityisistä neuvotellaan');
    await follow('sv', codes.sv, view, 'yksityisistä neuvotellaan');
    await worker.goto('/observations/mine');
    await says(worker.page, seen.worker, 'yksityisistä neuvotellaan', 'Häätöjä oli puolet vähemmän');
    await worker.check('observations-mine-answered');
    await worker.goto('/observations/forget');
    await worker.check('observations-forget');
    await worker.close();
  });
}
