// The same words that the pages say, read from the message files, so that a journey in Swedish or English presses the
// button a Swedish or English reader sees. What the journeys are about (who answers now, "Otan kopin") they say themselves.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const cache = new Map();

function rooms() {
  const features = path.join(ROOT, 'features');
  return [path.join(ROOT, 'foundation/web'), path.join(ROOT, 'documents'), ...readdirSync(features).map((name) => path.join(features, name))];
}

function read(language) {
  const words = new Map();
  for (const room of rooms()) {
    const file = path.join(room, 'messages', `${language}.ftl`);
    if (!existsSync(file)) continue;
    for (const line of readFileSync(file, 'utf8').split('\n')) {
      const found = /^([a-z][\w-]*) = (.+)$/.exec(line);
      if (found) words.set(found[1], found[2]);
    }
  }
  return words;
}

/** `words('sv')('act-take')`; Easy Finnish falls back to Finnish, as on the pages. One-line messages only. */
export function words(language) {
  const of = (tag) => {
    if (!cache.has(tag)) cache.set(tag, read(tag));
    return cache.get(tag);
  };
  return (key, args = {}) => {
    const text = of(language).get(key) ?? (language === 'easy' ? of('fi').get(key) : undefined);
    if (text === undefined) throw new Error(`no message ${key} in ${language}`);
    return text.replace(/\{ "([^"]*)" \}/g, '$1').replace(/\{ \$(\w+) \}/g, (_, name) => {
      if (!(name in args)) throw new Error(`message ${key} needs ${name}`);
      return args[name];
    });
  };
}

/** What stands before the first value of a message: enough to find it when the value is not known. */
export function beginning(language, key) {
  const marks = {};
  const text = words(language)(key, new Proxy(marks, { has: () => true, get: () => '\u0000' }));
  return text.split('\u0000')[0].trim();
}
