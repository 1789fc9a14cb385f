import { tell } from '../errors/tell.js';

/** How the channels are doing, for the health of the tracker. */
export interface AlertHealth {
  /** Failed attempts since the start of the process, by channel. */
  readonly failures: Readonly<Record<string, number>>;
  /** Channels whose last attempt failed. */
  readonly failing: readonly string[];
  /** Alerts that were given up after their last attempt. */
  readonly givenUp: number;
}

/** Counts every failure and logs only when a channel starts to fail or works again. */
export class ChannelHealth {
  private readonly failures = new Map<string, number>();
  private readonly failing = new Set<string>();
  private givenUp = 0;

  /** @param reason one masked line */
  failed(channel: string, reason: string, final: boolean): void {
    this.count(channel);
    if (final) this.givenUp++;
    if (this.failing.has(channel)) return;
    this.failing.add(channel);
    tell('warn', `Alerts on ${channel} are failing and will be retried: ${reason}`);
  }

  succeeded(channel: string): void {
    if (this.failing.delete(channel)) tell('log', `Alerts on ${channel} work again.`);
  }

  /** Counts a failure that is logged elsewhere. */
  count(channel: string): void {
    this.failures.set(channel, (this.failures.get(channel) ?? 0) + 1);
  }

  snapshot(): AlertHealth {
    return {
      failures: Object.fromEntries(this.failures),
      failing: [...this.failing],
      givenUp: this.givenUp,
    };
  }
}
