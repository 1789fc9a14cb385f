import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { median, spread } from '../statistics.mjs';

/** What the turn of a request pays for a capture; nothing else is done in the process. */
export async function turn() {
  const cwd = mkdtempSync(join(tmpdir(), 'nestjs-error-tracker-bench-'));
  const child = fork(fileURLToPath(new URL('../apps/turn.mjs', import.meta.url)), { cwd });
  const [figures] = await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(([code]) => Promise.reject(new Error(`turn.mjs ended with ${code}`))),
  ]);
  child.kill();
  rmSync(cwd, { recursive: true, force: true });
  const ordered = figures.hostile.toSorted((a, b) => a - b);
  return [
    ['report of a known issue, counted', '≤ 40 µs', `${spread(figures.same, 1)} µs`],
    ['report of a new issue each time, with request', '≤ 100 µs', `${spread(figures.different, 1)} µs`],
    ['report of 100 kB of hostile text, 300 seeds', '', `${median(ordered).toFixed(1)} ms`],
    ['  the worst of them', '≤ 50 ms', `${ordered.at(-1).toFixed(1)} ms`],
    ['throw and catch, localVariables off', '', `${spread(figures.unwatched, 1)} µs`],
    ['throw and catch, localVariables on', '', `${spread(figures.watched, 0)} µs`],
    ['  while it rests, after 20 in one second', '', `${spread(figures.resting, 1)} µs`],
  ];
}
