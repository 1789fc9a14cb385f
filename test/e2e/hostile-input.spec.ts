import { startApp, type TestApp } from '../support/app.js';
import { hostileText } from '../support/hostile-texts.mjs';

const SEEDS = Number(process.env.HOSTILE_SEEDS ?? 300);
/**
 * Far above what the slowest machine takes; a step of quadratic cost takes far longer. `npm run
 * bench -- hostile` has the figures.
 */
const HANGING_MS = 2000;

let app: TestApp;
beforeAll(async () => {
  app = await startApp({ tracker: { capture: { sourceLines: false } } });
});
afterAll(() => app.close());

it(`takes 100 kB of ${String(SEEDS)} hostile texts anywhere, without a hitch and within the bounds`, async () => {
  const ids: string[] = [];
  for (let seed = 0; seed < SEEDS; seed++) {
    const text = hostileText(seed);
    const error = Object.assign(new Error(seed % 2 ? text : 'short', { cause: new Error(text) }), {
      fingerprint: `seed ${String(Math.floor(seed / 20))}`,
      details: { text, [text]: text },
    });
    if (seed % 5 === 0) error.stack = text;
    const startedAt = performance.now();
    const id = app.tracker.capture(error, {
      tags: { text },
      contexts: { texts: { text, list: [text, text] } },
      user: { id: text },
    });
    const took = performance.now() - startedAt;
    if (took > HANGING_MS) throw new Error(`Seed ${String(seed)} took ${took.toFixed(0)} ms.`);
    ids.push(String(id));
    if (seed % 20 === 19) expect(await app.tracker.flush(10_000)).toBe(true);
  }
  expect(await app.tracker.flush(10_000)).toBe(true);
  const issues = await app.allIssues();
  expect(issues.reduce((sum, { eventCount }) => sum + eventCount, 0)).toBe(SEEDS);
  for (const id of ids) {
    const stored = await app.store.getEvent(id);
    // While the event loop lags, and here it may, known issues are only counted.
    if (!stored) continue;
    expect(Buffer.byteLength(JSON.stringify(stored.event))).toBeLessThanOrEqual(32_768);
  }
});
