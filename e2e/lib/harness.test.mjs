// The harness itself: each thing it promises to notice is planted in a page and must be noticed.
import assert from 'node:assert/strict';
import { access, chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { launch, open, VIEWS, viewName } from './browser.mjs';
import { startNoste } from './house.mjs';
import { serve } from './static.mjs';

const html = (body, head = '') => `<!doctype html><html lang="fi"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>Koe</title><link rel="icon" href="/icon.svg">
<link rel="stylesheet" href="/page.css">${head}</head><body>${body}</body></html>`;
/** Targets that a menu covers in part when it is open. */
const ROW = '<p class="row"><button>Yksi</button><button>Kaksi</button><button>Kolme</button></p>';
const main = (body) => `<main><h1>Koe</h1>${body}</main>`;
const css = { headers: { 'content-type': 'text/css' }, body: '.wide { width: 2000px } .pale { color: #999; background: #fff } .small { display: inline-block; width: 10px; height: 10px; overflow: hidden } .menu { position: relative } .menu > div { position: absolute; z-index: 1; background: #fff; width: 20rem } .menu summary, .menu a { display: block; padding: 10px } .row { display: flex } .row > * { width: 12rem; height: 26px }' };
const icon = { headers: { 'content-type': 'image/svg+xml' }, body: '<svg xmlns="http://www.w3.org/2000/svg"/>' };

let browser;
let site;

before(async () => {
  browser = await launch();
  site = await serve({
    '/page.css': css,
    '/icon.svg': icon,
    '/mark.js': { headers: { 'content-type': 'text/javascript' }, body: 'document.documentElement.dataset.script = "ran";' },
    '/throw.js': { headers: { 'content-type': 'text/javascript' }, body: 'throw new Error("planted");' },
    '/good': html(main('<p id="language">Hyvä sivu.</p><details><summary>Lisää</summary><p>Sisältö.</p></details>'), '<script src="/mark.js"></script>'),
    '/no-label': html(main('<input name="x">')),
    '/pale': html(main('<p class="pale">Harmaata harmaalla.</p>')),
    '/pale-inside': html(main('<details><summary>Lisää</summary><p class="pale">Harmaata harmaalla.</p></details>')),
    '/menu': html(main(`<details class="menu"><summary>Lisää</summary><div><a href="/good">Avaa tästä</a></div></details>${ROW}`)),
    '/menu-pale': html(main(`<details class="menu"><summary>Lisää</summary><div><p class="pale">Harmaata harmaalla.</p></div></details>${ROW}`)),
    '/small': html(main('<p><button class="small" aria-label="yksi"></button><button class="small" aria-label="kaksi"></button></p>')),
    '/no-landmark': html('<h1>Koe</h1><p>Ilman pääosaa.</p>'),
    '/wide': html(main('<div class="wide">Leveä.</div>')),
    '/inline-style': html(main('<p style="color: red">Punainen.</p>')),
    '/inline-script': html(main('<script>document.title = "x";</script>')),
    '/outside': html(main('<img src="http://localhost:1/pixel.png" alt="">')),
    '/throws': html(main(''), '<script src="/throw.js"></script>'),
    '/broken-image': html(main('<img src="/missing.png" alt="">')),
    '/refused': { status: 422, body: html(main('<p>Korjaa lomake.</p>')) },
    '/crash': { status: 500, body: html(main('<p>Virhe.</p>')) },
  });
});

after(async () => {
  await browser?.close();
  await site?.close();
});

/** Opens one page, gives the visit to `look`, and closes it without asking for cleanness. */
async function visit(where, view, look) {
  const one = await open(browser, site, view);
  try {
    await one.goto(where);
    await look(one);
  } finally {
    await one.page.context().close();
  }
}

for (const view of VIEWS) {
  describe(`at ${viewName(view)}`, () => {
    test('a good page passes every check', async () => {
      const one = await open(browser, site, view);
      await one.goto('/good');
      await one.check('harness');
      const ran = await one.page.locator('html').getAttribute('data-script');
      assert.equal(ran, view.script ? 'ran' : null, 'script is on or off as asked');
      assert.equal(await one.page.locator('details').getAttribute('open'), null, 'details are closed again');
      await one.close();
    });

    test('what a menu covers while it is open is no fault of the page', () => visit('/menu', view, async (one) => {
      assert.deepEqual(await one.violations(), []);
      assert.equal(await one.page.locator('details').getAttribute('open'), null, 'the menu is closed again');
    }));

    for (const [where, rule] of [
      ['/no-label', 'label'],
      ['/pale', 'color-contrast'],
      ['/pale-inside', 'color-contrast'],
      ['/menu-pale', 'color-contrast'],
      ['/small', 'target-size'],
      ['/no-landmark', 'landmark-one-main'],
    ]) {
      test(`axe finds ${rule} on ${where}`, () => visit(where, view, async (one) => {
        const found = (await one.violations()).map(({ id }) => id);
        assert.ok(found.includes(rule), `found: ${found}`);
        await assert.rejects(one.axe(), new RegExp(rule));
      }));
    }

    test('sideways scrolling is found', () => visit('/wide', view, (one) => assert.rejects(one.sideways(), /scrolls sideways by \d+ px.*wide/)));
    test('an inline style is a policy violation', () => visit('/inline-style', view, (one) => faulty(one, /policy violation: style-src/)));
    test('a request to a third party is found', () => visit('/outside', view, (one) => faulty(one, /third party: http:\/\/localhost:1/)));
    test('a missing file is found', () => visit('/broken-image', view, (one) => faulty(one, /answer 404: GET .*missing\.png/)));
    test('a server error is found', () => visit('/crash', view, (one) => faulty(one, /answer 500/)));
    test('a refused form is an ordinary page', () => visit('/refused', view, async (one) => {
      await one.page.waitForTimeout(50);
      one.clean();
    }));
  });
}

test('a script error is found', () => visit('/throws', {}, (one) => faulty(one, /script error: planted/)));
test('an inline script is a policy violation', () => visit('/inline-script', {}, (one) => faulty(one, /policy violation: script-src/)));
test('a fault that the journey causes on purpose can be allowed', () => visit('/throws', { allow: [/planted/] }, async (one) => {
  await one.page.waitForTimeout(50);
  one.clean();
}));

test('the language and the colours asked for reach the page', async () => {
  const one = await open(browser, site, { language: 'sv', scheme: 'dark' });
  const [request] = await Promise.all([one.page.waitForRequest('**/good'), one.goto('/good')]);
  assert.match((await request.allHeaders())['accept-language'], /^sv-FI/);
  assert.equal(await one.page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches), true);
  await one.close();
});

test('a picture is written', () => visit('/good', { width: 390 }, async (one) => {
  const file = await one.shot('harness-picture');
  assert.equal((await readFile(file)).subarray(1, 4).toString(), 'PNG');
  await rm(file);
}));

describe('starting the program', () => {
  let folder;
  before(async () => (folder = await mkdtemp(path.join(os.tmpdir(), 'noste-harness-'))));
  after(() => rm(folder, { recursive: true, force: true }));

  /** A program that stands in for noste: a Node script with the same options. */
  async function program(name, body) {
    const file = path.join(folder, name);
    await writeFile(file, `#!${process.execPath}\n${body}`);
    await chmod(file, 0o755);
    return file;
  }

  test('it gets a county of the size asked for, answers, restarts with its data, and leaves nothing behind', async () => {
    const bin = await program('works.cjs', `
      const http = require('node:http'), fs = require('node:fs'), path = require('node:path');
      const at = (name) => process.argv[process.argv.indexOf(name) + 1];
      fs.appendFileSync(path.join(at('--data'), 'starts'), 'x');
      http.createServer((request, response) => response.end(JSON.stringify({
        command: process.argv[2], persons: process.env.NOSTE_DEMO_PERSONS, years: process.env.NOSTE_DEMO_YEARS,
        starts: fs.readFileSync(path.join(at('--data'), 'starts'), 'utf8').length,
      }))).listen(Number(at('--port')), '127.0.0.1');`);
    const house = await startNoste({ bin, persons: 7, years: 2 });
    const ask = async () => (await fetch(house.origin)).json();
    assert.deepEqual(await ask(), { command: 'demo', persons: '7', years: '2', starts: 1 });
    await house.stop('SIGKILL');
    await assert.rejects(fetch(house.origin));
    await house.restart();
    assert.equal((await ask()).starts, 2);
    await house.close();
    await assert.rejects(access(house.data));
  });

  test('a program that ends at once is told with what it said', async () => {
    const bin = await program('ends.cjs', 'console.error("the port is taken"); process.exit(4);');
    await assert.rejects(startNoste({ bin }), /ended with 4:[^]*the port is taken/);
  });

  test('a program that never answers is given up', async () => {
    const bin = await program('silent.cjs', 'setInterval(() => {}, 1000);');
    await assert.rejects(startNoste({ bin, patience: 600 }), /did not answer/);
  });
});

/** Waits until the visit has a fault that matches: events of the browser come a moment later. */
async function faulty(one, pattern) {
  for (let tries = 0; tries < 400; tries += 1) {
    if (one.faults.some((fault) => pattern.test(fault))) return;
    await one.page.waitForTimeout(50);
  }
  assert.fail(`no fault like ${pattern}, only: ${one.faults.join('; ') || 'none'}`);
}
