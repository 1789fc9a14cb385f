import type { Fingerprint } from '../event/fingerprint.js';
import { MINUTE_MS } from '../time/durations.js';
import { sha256 } from '../values/hash.js';

const OVERFLOW = 'overflow';
/** Types are made by the application, and some applications make one for every error. */
const MAX_TYPES = 20;

/**
 * Lets a limited number of bugs a minute become issues of their own. The new bugs beyond it share
 * one issue for each type of exception: a message that is different every time does not fill the
 * database, and nothing is lost.
 */
export class NewIssueGate {
  private minuteStart = -Infinity;
  /**
   * Hashes that were let through in this minute, and whether they are known to have made an issue.
   */
  private readonly passed = new Map<string, boolean>();
  private readonly types = new Set<string>();

  constructor(private readonly perMinute: number) {}

  /**
   * The fingerprint to group by, for a bug that this process has not seen before.
   *
   * @param now monotonic milliseconds
   */
  fingerprintFor(fingerprint: Fingerprint, type: string, now: number): Fingerprint {
    if (now - this.minuteStart >= MINUTE_MS) {
      this.minuteStart = now;
      this.passed.clear();
    }
    const isFull = this.passed.size >= this.perMinute && !this.passed.has(fingerprint.hash);
    return isFull ? overflowOf(this.bounded(type), this.perMinute) : fingerprint;
  }

  /** An event of the bug came in. */
  pass({ hash, algorithm }: Fingerprint): void {
    if (algorithm !== OVERFLOW && !this.passed.has(hash)) this.passed.set(hash, false);
  }

  /**
   * Learns from the store whether the bug got a new issue. If the issue already existed, the bug
   * does not count against the limit.
   */
  learn(hash: string, created: boolean): void {
    if (this.passed.get(hash) !== false) return;
    if (created) this.passed.set(hash, true);
    else this.passed.delete(hash);
  }

  private bounded(type: string): string {
    if (this.types.has(type)) return type;
    if (this.types.size >= MAX_TYPES) return 'others';
    this.types.add(type);
    return type;
  }
}

function overflowOf(type: string, perMinute: number): Fingerprint {
  const key = `type ${type}\noverflow more than ${String(perMinute)} new issues in one minute`;
  return { hash: sha256(`overflow;${type}`), algorithm: OVERFLOW, key };
}
