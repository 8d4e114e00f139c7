// Starts Noste with a small synthetic county in a temporary folder, as `make demo` does, and takes it down.
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const DEFAULT_BIN = path.join(ROOT, 'target/debug/noste');

/** A port that was free a moment ago. */
export function freePort() {
  return new Promise((resolve, reject) => {
    const server = net.createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/**
 * Starts `noste demo` and waits until it answers.
 * @returns {Promise<{origin: string, data: string, output: () => string, stop: (signal?: string) => Promise<void>,
 *   restart: () => Promise<void>, close: () => Promise<void>}>}
 */
export async function startNoste({ persons = 120, years = 1, env = {}, args = [], patience = 120_000, bin } = {}) {
  const program = bin ?? process.env.NOSTE_BIN ?? DEFAULT_BIN;
  const data = await mkdtemp(path.join(os.tmpdir(), 'noste-e2e-'));
  const port = await freePort();
  const origin = `http://localhost:${port}`;
  let child;
  let output = '';

  async function start() {
    let ended;
    child = spawn(program, ['demo', '--data', data, '--port', String(port), ...args], {
      cwd: data,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, NOSTE_DEMO_PERSONS: String(persons), NOSTE_DEMO_YEARS: String(years), ...env },
    });
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (piece) => (output += piece));
    child.once('error', (error) => (ended = error.message));
    child.once('exit', (code, signal) => (ended ??= `ended with ${signal ?? code}`));
    const until = Date.now() + patience;
    for (;;) {
      if (ended) throw new Error(`${program} ${ended}:\n${output}`);
      try {
        const answer = await fetch(origin, { redirect: 'manual', signal: AbortSignal.timeout(2_000) });
        if (answer.status < 500) return;
      } catch {
        // Not listening yet.
      }
      if (Date.now() > until) {
        child.kill('SIGKILL');
        throw new Error(`${program} did not answer at ${origin} within ${patience / 1000} s:\n${output}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  async function stop(signal = 'SIGTERM') {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const exit = new Promise((resolve) => child.once('exit', resolve));
    child.kill(signal);
    const late = setTimeout(() => child.kill('SIGKILL'), 10_000);
    await exit;
    clearTimeout(late);
  }

  const close = async () => {
    await stop();
    await rm(data, { recursive: true, force: true });
  };
  try {
    await start();
  } catch (error) {
    await rm(data, { recursive: true, force: true });
    throw error;
  }
  return {
    origin,
    data,
    output: () => output,
    stop,
    /** The same county again, as after a power cut when `stop('SIGKILL')` came before. */
    restart: async () => {
      await stop();
      await start();
    },
    close,
  };
}
