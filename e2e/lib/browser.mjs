// One Chromium for a file of journeys, and visits in it: a visit is a fresh context with one page that
// remembers everything a person would not forgive (script errors, policy violations, requests to others).
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const HERE = path.dirname(fileURLToPath(import.meta.url));
const SHOTS = path.resolve(HERE, '../shots');
const PICTURES = path.resolve(HERE, '../../docs/pictures');
const AXE = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
/** The rules that measure: what they find depends on the width and the colours, not only on what stands on the page. */
const MEASURED = ['color-contrast', 'target-size', 'link-in-text-block', 'scrollable-region-focusable', 'css-orientation-lock', 'meta-viewport', 'avoid-inline-spacing'];
/** Every page checked is also pictured; otherwise only one that fails, because a picture takes a quarter of a check. */
const PICTURED = ['NOSTE_SHOTS', 'NOSTE_PICTURES'].some((name) => process.env[name] === '1');
/**
 * What was examined in this run and was without a violation, one empty file each. A page whose structure was examined in
 * the same width and colours is not examined again, whether its script runs or not; one that was examined in another width is
 * only measured. The folder is made for each run by tools/journeys.sh; without it all are examined in full.
 */
const EXAMINED = process.env.NOSTE_EXAMINED;
/** How long a page may take to be examined, in milliseconds. */
const PATIENCE = 60_000;
const LOCALES = { fi: 'fi-FI', sv: 'sv-FI', en: 'en-GB' };

/** The two widths every page is looked at, with and without script. */
export const VIEWS = [
  { width: 390, script: true },
  { width: 1280, script: true },
  { width: 390, script: false },
  { width: 1280, script: false },
];

/**
 * Of the views of a long journey those that `make test` walks: each language, each width and no script once. `make proof` walks every
 * pair of them; those that are left to it are marked `proof: true`.
 */
export function walked(views) {
  return process.env.NOSTE_PROOF ? views : views.filter((view) => !view.proof);
}

/** "390 px, no script": for names of tests. */
export function viewName({ width = 1280, script = true, language = 'fi', scheme = 'light' }) {
  const parts = [`${width} px`];
  if (!script) parts.push('no script');
  if (language !== 'fi') parts.push(language);
  if (scheme !== 'light') parts.push(scheme);
  return parts.join(', ');
}

export async function launch() {
  const root = process.getuid?.() === 0;
  return chromium.launch({
    executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
    headless: true,
    args: [
      // Chromium's sandbox refuses root; pages here are only our own.
      ...(root ? ['--no-sandbox'] : []),
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--disable-dev-shm-usage',
      // Whatever a page asks for, nothing leaves this machine.
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1',
    ],
  });
}

/**
 * Opens a visit. `house` is what startNoste() gave, or anything with an `origin`.
 * `allow` are patterns of faults that this journey causes on purpose.
 */
export async function open(browser, house, options = {}) {
  const { width = 1280, height = width < 600 ? 844 : 900, script = true, language = 'fi', scheme = 'light', allow = [] } = options;
  const context = await browser.newContext({
    viewport: { width, height },
    hasTouch: width < 600,
    javaScriptEnabled: script,
    locale: LOCALES[language] ?? language,
    timezoneId: 'Europe/Helsinki',
    colorScheme: scheme,
    baseURL: house.origin,
  });
  // A busy machine is no reason to call a page broken.
  context.setDefaultTimeout(45_000);
  const page = await context.newPage();
  const visit = new Visit(page, house.origin, { width, script, language, scheme, allow });
  await visit.listen();
  return visit;
}

export class Visit {
  #cdp;
  #faults = [];

  constructor(page, origin, view) {
    this.page = page;
    this.origin = origin;
    this.view = view;
  }

  async listen() {
    const { page } = this;
    page.on('pageerror', (error) => this.#fault(`script error: ${error.message}`));
    page.on('console', (message) => {
      // What failed to load is told by its status below, with the address.
      if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) {
        this.#fault(`console error: ${message.text()}`);
      }
    });
    page.on('request', (request) => {
      const url = new URL(request.url());
      if (/^https?:|^wss?:/.test(url.protocol) && url.origin.replace(/^ws/, 'http') !== this.origin) {
        this.#fault(`request to a third party: ${request.url()}`);
      }
    });
    page.on('response', (response) => {
      const status = response.status();
      // A page may answer 404 or 422 on purpose; what a page pulls in may not, and nothing may answer 500.
      if (status >= 500 || (status >= 400 && !response.request().isNavigationRequest())) {
        this.#fault(`answer ${status}: ${response.request().method()} ${response.url()}`);
      }
    });
    this.#cdp = await page.context().newCDPSession(page);
    // Policy violations are reported here also when the page runs no script.
    this.#cdp.on('Audits.issueAdded', ({ issue }) => {
      if (issue.code === 'ContentSecurityPolicyIssue') {
        const details = issue.details.contentSecurityPolicyIssueDetails;
        this.#fault(`policy violation: ${details.violatedDirective} ${details.blockedURL ?? 'inline'}`);
      }
    });
    await this.#cdp.send('Page.enable');
    await this.#cdp.send('Audits.enable');
    // Said again in this session, because a session can only take back what it has said itself (#beside).
    if (!this.view.script) await this.#cdp.send('Emulation.setScriptExecutionDisabled', { value: true });
  }

  #fault(text) {
    if (!this.view.allow.some((pattern) => pattern.test(text))) this.#faults.push(`${text} (on ${this.page.url()})`);
  }

  /** Faults seen so far. */
  get faults() {
    return [...new Set(this.#faults)];
  }

  async goto(where) {
    return this.page.goto(where, { waitUntil: 'load' });
  }

  /**
   * Runs an expression beside the page: not bound by its policy, and also where the page's script is off.
   * Timers and promises stand still in a page without script, so it is on for that moment; the page's own
   * scripts do not run then, because they were skipped when it was loaded.
   */
  async #beside(expression) {
    if (this.view.script) return this.#evaluate(expression);
    await this.#cdp.send('Emulation.setScriptExecutionDisabled', { value: false });
    try {
      return await this.#evaluate(expression);
    } finally {
      await this.#cdp.send('Emulation.setScriptExecutionDisabled', { value: true });
    }
  }

  async #evaluate(expression) {
    const { frameTree } = await this.#cdp.send('Page.getFrameTree');
    const { executionContextId } = await this.#cdp.send('Page.createIsolatedWorld', {
      frameId: frameTree.frame.id,
      worldName: 'journey',
    });
    const asked = this.#cdp.send('Runtime.evaluate', {
      expression,
      contextId: executionContextId,
      awaitPromise: true,
      returnByValue: true,
    });
    let late;
    const patience = new Promise((_, reject) => {
      late = setTimeout(() => reject(new Error(`no answer from the page in ${PATIENCE / 1000} s`)), PATIENCE);
    });
    const answer = await Promise.race([asked, patience]).finally(() => clearTimeout(late));
    if (answer.exceptionDetails) {
      throw new Error(answer.exceptionDetails.exception?.description ?? answer.exceptionDetails.text);
    }
    return answer.result.value;
  }

  /**
   * Violations of WCAG 2.2 A and AA and of the best-practice rules, or of the given rules only; every `details` open. A menu
   * that opens over the page covers what lies there for as long as it is open: it is opened and examined by itself.
   */
  async violations(rules) {
    const only = rules ? { type: 'rule', values: rules } : { type: 'tag', values: TAGS };
    return this.#beside(`(async () => {
      ${AXE};
      const closed = [...document.querySelectorAll('details:not([open])')];
      for (const one of closed) one.open = true;
      const above = (one) => [...one.children].some((part) => part.localName !== 'summary' && ['absolute', 'fixed'].includes(getComputedStyle(part).position));
      const menus = closed.filter(above);
      for (const one of menus) one.open = false;
      // The bar at the top stays when a page is scrolled: what lies under it then is no fault of the page.
      const stood = scrollY;
      scrollTo({ top: 0, behavior: 'instant' });
      const examine = async (what) => (await axe.run(what, {
        runOnly: ${JSON.stringify(only)},
        // axe leaves this WCAG 2.2 rule off unless asked.
        rules: { 'target-size': { enabled: true } },
        resultTypes: ['violations'],
      })).violations;
      try {
        const found = await examine(document);
        for (const one of menus) {
          one.open = true;
          found.push(...(await examine(one)));
          one.open = false;
        }
        return found.map((violation) => ({
          id: violation.id,
          help: violation.help,
          nodes: violation.nodes.map((node) => node.target.join(' ') + '  ' + node.html.slice(0, 160)),
        }));
      } finally {
        for (const one of closed) one.open = false;
        scrollTo({ top: stood, behavior: 'instant' });
      }
    })()`);
  }

  /**
   * What an examination looks at, without the words: every element with its attributes, whether it is seen and holds text,
   * and which ids are said twice. Rows that are alike count once, whatever their number.
   */
  async structure() {
    return this.#beside(`(() => {
      const WORDS = new Set(['value', 'content', 'datetime', 'title', 'placeholder', 'nonce', 'd']);
      const LINKS = new Set(['id', 'for', 'href', 'action', 'name', 'src', 'headers', 'form', 'list', 'aria-labelledby', 'aria-describedby', 'aria-controls', 'aria-owns', 'aria-label']);
      const told = (one) => {
        const attributes = [...one.attributes].map(({ name, value }) => {
          if (WORDS.has(name)) return name + (value ? '+' : '-');
          if (LINKS.has(name)) return name + (value ? '=' : '-');
          if (name.startsWith('data-')) return name;
          return name + '=' + value;
        }).sort();
        const text = [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim()) ? 'T' : '';
        const parts = [...one.children].map(told).filter((part, at, all) => part !== all[at - 1]);
        return one.localName + '[' + attributes.join(' ') + ']' + text + (one.checkVisibility({ visibilityProperty: true }) ? '' : 'H') + '(' + parts.join('') + ')';
      };
      const all = [...document.querySelectorAll('[id]')].map((one) => one.id);
      const twice = all.filter((id, at) => all.indexOf(id) !== at).length;
      const lost = [...document.querySelectorAll('[aria-labelledby],[aria-describedby],label[for]')]
        .flatMap((one) => (one.getAttribute('aria-labelledby') ?? one.getAttribute('aria-describedby') ?? one.htmlFor).split(' '))
        .filter((id) => !document.getElementById(id)).length;
      return told(document.documentElement) + twice + '/' + lost;
    })()`);
  }

  async axe() {
    const { width, scheme } = this.view;
    const structure = EXAMINED && (await this.structure());
    const file = (...parts) => path.join(EXAMINED, createHash('sha256').update(parts.join('|')).digest('hex'));
    const whole = EXAMINED && file(structure);
    const measured = EXAMINED && file(width, scheme, structure);
    if (EXAMINED && existsSync(measured)) return;
    const found = await this.violations(EXAMINED && existsSync(whole) ? MEASURED : undefined);
    if (EXAMINED && found.length === 0) await Promise.all([whole, measured].map((one) => writeFile(one, '')));
    const told = found.map(({ id, help, nodes }) => `${id}: ${help}\n    ${nodes.join('\n    ')}`).join('\n  ');
    assert.equal(found.length, 0, `${this.page.url()} at ${viewName(this.view)}:\n  ${told}`);
  }

  /** The page never scrolls sideways; a wide table scrolls inside a region of its own. */
  async sideways() {
    const { over, culprits } = await this.#beside(`(() => {
      const root = document.scrollingElement;
      const over = root.scrollWidth - root.clientWidth;
      const culprits = over <= 0 ? [] : [...document.body.querySelectorAll('*')]
        .filter((one) => one.getBoundingClientRect().right > root.clientWidth + 0.5)
        .slice(0, 5)
        .map((one) => one.cloneNode(false).outerHTML.slice(0, 160));
      return { over, culprits };
    })()`);
    assert.ok(over <= 0, `${this.page.url()} at ${viewName(this.view)} scrolls sideways by ${over} px: ${culprits.join(' ')}`);
  }

  /** Writes e2e/shots/NAME-WIDTH.png; with `keep`, NOSTE_PICTURES=1 also writes it to docs/pictures/. */
  async shot(name, { keep = false, full = false } = {}) {
    const { width, script, language, scheme } = this.view;
    const file = [name, width, script ? '' : 'noscript', language === 'fi' ? '' : language, scheme === 'light' ? '' : scheme]
      .filter(Boolean)
      .join('-');
    const take = async (target) => {
      await mkdir(path.dirname(target), { recursive: true });
      await this.page.screenshot({ path: target, fullPage: full, animations: 'disabled' });
    };
    await take(path.join(SHOTS, `${file}.png`));
    if (keep && process.env.NOSTE_PICTURES === '1') {
      await take(path.join(PICTURES, `${width >= 1000 ? name : `${name}-${width}`}${scheme === 'light' ? '' : `-${scheme}`}.png`));
    }
    return path.join(SHOTS, `${file}.png`);
  }

  /** What is asked of every page: no violation, no sideways scrolling, no fault; a picture of it when one is wanted. */
  async check(name, options) {
    // A page still on its way would run its own script in the moment when #beside lets script run.
    await this.page.waitForLoadState('load');
    if (PICTURED) await this.shot(name, options);
    try {
      await this.axe();
      await this.sideways();
      this.clean();
    } catch (fault) {
      if (!PICTURED) await this.shot(name, options);
      throw fault;
    }
  }

  clean() {
    assert.deepEqual(this.faults, [], 'the page did something it must not');
  }

  async close() {
    await this.page.context().close();
    this.clean();
  }
}
