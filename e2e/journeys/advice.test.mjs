// Advice in three fields, with or without a name, and a promised call that stays until it is made.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch, open, viewName } from '../lib/browser.mjs';
import { startNoste } from '../lib/house.mjs';
import { enter, fill, JAANA, press, refused, row, save, says, writeDown } from '../lib/people.mjs';
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

for (const view of [{ width: 390 }, { width: 1280 }, { width: 1280, script: false }]) {
  test(`advice in three fields, ${viewName(view)}`, async () => {
    const visit = await open(browser, house, view);
    await enter(visit, JAANA);
    await visit.goto('/advice');
    await visit.check('advice');
    const mark = viewName(view);

    await press(visit.page, t('advice-save'));
    await refused(visit, ['asked', 'advised', 'next']);
    await visit.check('advice-empty');
    await fill(visit.page, { asked: `Mistä saa apua velkoihin, ${mark}`, advised: 'Talous- ja velkaneuvontaan, ajan saa verkosta.', next: '' });
    await press(visit.page, t('advice-save'));
    await refused(visit, ['next']);
    assert.equal(await visit.page.locator('#f-asked').inputValue(), `Mistä saa apua velkoihin, ${mark}`, 'typed text is kept');
    await fill(visit.page, { next: 'ei jatkoa' });
    await press(visit.page, t('advice-save'));
    await visit.page.getByText(t('advice-done')).waitFor();
    await says(visit.page, `Mistä saa apua velkoihin, ${mark}`, t('person-anonymous'));
    assert.equal(await visit.page.locator('#f-asked').inputValue(), '', 'the form is empty again');

    await fill(visit.page, { asked: `Miten asunto haetaan, ${mark}`, advised: 'Kaupungin vuokra-asuntojen hakemus.', next: 'Hän täyttää hakemuksen tänään.', person: 'Neea Neuvottu', door: 'visit', theme: 'housing' });
    await press(visit.page, t('advice-save'));
    await visit.page.getByText(t('advice-done')).waitFor();
    await says(visit.page, 'Neea Neuvottu', `Miten asunto haetaan, ${mark}`);
    await visit.check('advice-given');

    // The talk turned out to be more: the text goes along and is not typed again.
    await fill(visit.page, { asked: 'Häätö ensi viikolla.', advised: 'Otamme tämän heti.', next: 'Kirjaan yhteydenoton.', person: 'Neea Neuvottu' });
    await press(visit.page, t('advice-to-contact'));
    await visit.page.waitForURL(/\/contacts\/new/);
    assert.match(await visit.page.locator('#f-own_words').inputValue(), /Häätö ensi viikolla/);
    assert.equal(await visit.page.locator('#f-person_name').inputValue(), 'Neea Neuvottu');
    await fill(visit.page, { urgency: 'now' });
    await save(visit.page);
    await visit.page.getByText(t('done-written')).waitFor();
    await visit.close();
  });

  test(`a promised call is tried, made and done, ${viewName(view)}`, async () => {
    const visit = await open(browser, house, view);
    await enter(visit, JAANA);
    const person = `Soitettava ${viewName(view)}`;
    await writeDown(visit, { own_words: 'Kysyi harrastusryhmistä. Mieluiten iltapäivällä.', person_name: person, phone: '040 222 3333', urgency: 'none' });
    await press(visit.page, t('act-call'));
    await visit.page.waitForURL(/\/call/);
    await visit.check('call');
    await save(visit.page);
    await refused(visit, ['body']);
    await fill(visit.page, { body: 'Ryhmistä, huomenna iltapäivällä.' });
    await save(visit.page);
    await visit.page.getByText(t('done-called')).waitFor();
    await says(visit.page, t('detail-tasks'), 'Ryhmistä, huomenna iltapäivällä.');
    await visit.check('call-promised');

    // On the desk with its clock; the first try does not reach, and the promise stays.
    await visit.goto('/desk');
    await visit.check('desk');
    await press(row(visit.page, person).filter({ hasText: t('desk-ground-call') }), t('desk-act-call'));
    await visit.page.waitForURL(/\/tasks\//);
    await visit.check('task');
    await press(visit.page, t('task-save'));
    await refused(visit, ['outcome']);
    await fill(visit.page, { outcome: 'not-reached', text: 'Puhelin oli kiinni.' });
    await press(visit.page, t('task-save'));
    await visit.page.getByText(t('desk-done-tried')).waitFor();
    const waiting = row(visit.page, person).filter({ hasText: t('desk-ground-call') });
    assert.equal(await waiting.count(), 1, 'the promise stays on the desk');

    await press(waiting, t('desk-act-call'));
    await visit.page.waitForURL(/\/tasks\//);
    await fill(visit.page, { outcome: 'reached', text: '' });
    await press(visit.page, t('task-save'));
    await refused(visit, ['text']);
    await fill(visit.page, { outcome: 'reached', text: 'Sovittiin, että hän tulee torstain ryhmään.' });
    await press(visit.page, t('task-save'));
    await visit.page.getByText(t('desk-done-kept')).waitFor();
    assert.equal(await row(visit.page, person).filter({ hasText: t('desk-ground-call') }).count(), 0, 'done');
    await visit.check('desk-done');
    await visit.close();
  });
}
