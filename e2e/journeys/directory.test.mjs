// A worker signs in through the county's own directory, a real OpenID Connect provider.
import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { launch, open } from '../lib/browser.mjs';
import { startDirectory } from '../lib/directory.mjs';
import { freePort } from '../lib/house.mjs';
import { press, says } from '../lib/people.mjs';
import { words } from '../lib/words.mjs';

const t = words('fi');
const BIN = process.env.NOSTE_BIN ?? path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../target/debug/noste');
const NAME = 'Keski-Suomen hyvinvointialueen tunnus';
// The directory's own pages are not ours: what they pull in is their business.
const THEIRS = { allow: [/request to a third party: http:\/\/localhost/, /fonts\.googleapis\.com\/css\?family=Roboto/, /answer 401/] };

let browser, directory, house, data;
before(async () => {
  data = await mkdtemp(path.join(os.tmpdir(), 'noste-directory-'));
  const port = await freePort();
  const origin = `http://localhost:${port}`;
  browser = await launch();
  directory = await startDirectory({
    client: 'noste',
    secret: 'only-for-tests',
    redirect: `${origin}/sign-in/directory/back`,
    people: {
      'aino.salmela': { groups: ['sosiaalityo'] },
      'ville.aho': { groups: ['muu-vaki'] },
      'kuka.vain': { groups: ['sosiaalityo'] },
    },
  });
  const run = promisify(execFile);
  await run(BIN, ['synth', '--persons', '60', '--years', '1', '--data', data]);
  await writeFile(path.join(data, 'client.secret'), 'only-for-tests\n');
  const config = path.join(data, 'noste.toml');
  await writeFile(config, `
listen = "127.0.0.1:${port}"
secret_file = "${data}/secret.key"
log_key_file = "${data}/log.key"
heads_dir = "${data}"
[[county]]
code = "15"
database = "sqlite:${data}/15.sqlite"
[county.directory]
name = "${NAME}"
issuer = "${directory.issuer}"
client_id = "noste"
client_secret_file = "${data}/client.secret"
public_address = "${origin}"
scopes = ["profile"]
groups_claim = "groups"
roles = { sosiaalityo = ["broad_responsibility", "arranging", "duty_holder"] }
`);
  for (const [login, name] of [['aino.salmela', 'Aino Salmela'], ['ville.aho', 'Ville Aho']]) {
    await run(BIN, ['account', 'invite', login, '--name', name, '--config', config]);
  }
  const server = spawn(BIN, ['serve', '--config', config], { stdio: 'ignore' });
  house = { origin, stop: () => server.kill('SIGKILL') };
  for (let tries = 0; ; tries += 1) {
    try {
      await fetch(`${origin}/sign-in`, { signal: AbortSignal.timeout(2_000) });
      break;
    } catch (error) {
      if (tries > 300) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
});
after(async () => {
  await browser?.close();
  house?.stop();
  await directory?.close();
  await rm(data, { recursive: true, force: true });
});

/** Goes to the directory, signs in there by a name, and comes back. */
async function through(visit, login) {
  await press(visit.page, t('signin-directory', { name: NAME }));
  await visit.page.waitForURL(/\/interaction\//);
  await visit.page.locator('[name=login]').fill(login);
  await visit.page.locator('[name=password]').fill('anything');
  await visit.page.locator('[type=submit]').click();
  // The directory asks once whether Noste may know who it is.
  await visit.page.locator('[type=submit]').click();
}

for (const view of [{ width: 1280 }, { width: 390 }]) {
  test(`in through the directory and to the page asked for, ${view.width} px`, async () => {
    const visit = await open(browser, house, { ...view, ...THEIRS });
    await visit.goto('/contacts');
    await visit.page.waitForURL(/\/sign-in/);
    await visit.check('sign-in-directory');
    await through(visit, 'aino.salmela');
    await visit.page.waitForURL(`${house.origin}/contacts`);
    assert.ok((await visit.page.locator('.n-user').innerText()).includes('Aino Salmela'));
    await visit.goto('/account');
    await says(visit.page, t('account-method-directory'));
    await visit.close();
  });
}

test('somebody without an account here, and somebody whose groups give no task', async () => {
  for (const [login, key] of [['kuka.vain', 'signin-directory-unknown'], ['ville.aho', 'signin-directory-no-task']]) {
    const visit = await open(browser, house, { width: 390, ...THEIRS });
    await visit.goto('/sign-in');
    await through(visit, login);
    await visit.page.locator('#error-summary', { hasText: t(key) }).waitFor();
    await visit.check(`sign-in-directory-${login}`);
    await visit.close();
  }
});

test('an answer that nobody asked for opens nothing', async () => {
  const visit = await open(browser, house, { width: 1280, ...THEIRS });
  await visit.goto('/sign-in/directory/back?code=stolen&state=guessed');
  await visit.page.locator('#error-summary', { hasText: t('signin-directory-late') }).waitFor();
  assert.equal((await visit.page.context().cookies()).filter(({ name }) => name === 'noste_session').length, 0);
  await visit.close();
});
