import { SECOND_MS } from '../time/durations.js';

const EVERY_MS = 500;
const LAGGING_MS = 200;
/** An application that has just started is always busy. */
const GRACE_MS = 10 * SECOND_MS;

/**
 * Notices when the event loop is so busy that timers come late. Then there is no time for what can
 * be left out.
 */
export class LagGuard {
  isLagging = false;
  private timer: NodeJS.Timeout | undefined;
  private dueAt = 0;

  constructor(private readonly graceMs = GRACE_MS) {}

  start(): void {
    const startedAt = performance.now();
    this.dueAt = startedAt + EVERY_MS;
    this.timer = setInterval(() => {
      const now = performance.now();
      this.isLagging = now - this.dueAt > LAGGING_MS && now - startedAt > this.graceMs;
      this.dueAt = now + EVERY_MS;
    }, EVERY_MS);
    this.timer.unref();
  }

  stop(): void {
    clearInterval(this.timer);
    this.isLagging = false;
  }
}
