import type { Fingerprint } from '../event/fingerprint.js';
import { sha256 } from '../values/hash.js';
import { MINUTE_MS } from '../time/durations.js';

const OVERFLOW = 'overflow';
/** Types are made by the application, and some applications make one for every error. */
const MAX_TYPES = 20;

/**
 * Lets so many bugs a minute become issues of their own. What is new beyond that goes into one issue for each type of
 * exception: a message that is different every time does not fill the database, and nothing is lost.
 */
export class NewIssueGate {
  private minuteStart = -Infinity;
  private readonly passed = new Set<string>();
  private readonly types = new Set<string>();

  constructor(private readonly perMinute: number) {}

  /**
   * What an event of a bug that this process has not seen is to be grouped by.
   *
   * @param now monotonic milliseconds
   */
  grouped(fingerprint: Fingerprint, type: string, now: number): Fingerprint {
    if (now - this.minuteStart >= MINUTE_MS) {
      this.minuteStart = now;
      this.passed.clear();
    }
    const isFull = this.passed.size >= this.perMinute && !this.passed.has(fingerprint.hash);
    return isFull ? overflowOf(this.bounded(type), this.perMinute) : fingerprint;
  }

  /** An event of the bug came in. */
  passes({ hash, algorithm }: Fingerprint): void {
    if (algorithm !== OVERFLOW) this.passed.add(hash);
  }

  /** The database knew the bug: it was no new one. */
  wasKnown(hash: string): void {
    this.passed.delete(hash);
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
