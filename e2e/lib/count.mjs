// What a task costs the one who does it: fields that are filled, keys that are pressed, clicks, pages that are loaded; and
// whether a fact is typed a second time. Everything on the way goes through these few acts, so nothing is left uncounted.
import assert from 'node:assert/strict';

/** A text shorter than this may be the same by chance (a day, a code). */
const FACT = 12;

export class Counted {
  #page;
  #now = null;
  #facts = new Map();
  rows = [];

  constructor(page) {
    this.#page = page;
    page.on('load', () => {
      if (this.#now) this.#now.loads += 1;
    });
  }

  /** One task with everything that is done in it. */
  async task(name, act) {
    this.#now = { name, fields: 0, keys: 0, clicks: 0, loads: 0 };
    await act();
    this.rows.push(this.#now);
    this.#now = null;
  }

  /** Writes into a field. */
  async write(field, text) {
    const known = this.#facts.get(text);
    assert.ok(text.length < FACT || known === undefined, `typed twice: "${text}", in "${known}" and in "${this.#now.name}"`);
    this.#facts.set(text, this.#now.name);
    await field.fill(text);
    this.#now.fields += 1;
    this.#now.keys += text.length;
  }

  /** Chooses in a list: it is opened, and one is clicked. */
  async choose(field, value) {
    await field.selectOption(value);
    this.#now.fields += 1;
    this.#now.clicks += 2;
  }

  /** Ticks a box or one of several. */
  async tick(field) {
    await field.check();
    this.#now.fields += 1;
    this.#now.clicks += 1;
  }

  async click(target) {
    await target.click();
    this.#now.clicks += 1;
  }

  async key(name) {
    await this.#page.keyboard.press(name);
    this.#now.keys += name.split('+').length;
  }

  /** The table, as text. */
  table() {
    const columns = ['fields', 'keys', 'clicks', 'loads'];
    const widest = Math.max(...this.rows.map((row) => row.name.length));
    const line = (name, cells) => `${name.padEnd(widest)}  ${cells.map((cell) => String(cell).padStart(6)).join('  ')}`;
    const total = columns.map((column) => this.rows.reduce((sum, row) => sum + row[column], 0));
    return [
      line('task', columns),
      ...this.rows.map((row) => line(row.name, columns.map((column) => row[column]))),
      line('all', total),
    ].join('\n');
  }
}
