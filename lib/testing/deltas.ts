import type { ErrorEvent } from '../event/error-event.js';
import type { Batch, IssueDelta, Sample } from '../storage/batch.js';
import { startOfHour } from '../time/durations.js';
import { sha256 } from '../values/hash.js';
import { timeOrderedId } from '../values/time-ordered-id.js';

/** The start of an hour, so that small offsets stay within it. */
export const NOON = Date.UTC(2026, 5, 1, 12);

export function hashOf(bug: string): string {
  return sha256(bug);
}

export function anEvent(bug: string, facts: Partial<ErrorEvent> = {}): ErrorEvent {
  return {
    id: timeOrderedId(),
    at: NOON,
    source: 'http',
    handled: false,
    severity: 'error',
    severityReason: 'unhandled',
    fingerprint: { hash: hashOf(bug), algorithm: 'v1', key: `Error\n${bug}` },
    culprit: 'OrdersService.pay',
    exceptions: [
      {
        type: 'PaymentError',
        value: bug,
        facts: { code: 'E_PAY' },
        frames: [
          { file: 'orders.service.ts', line: 7, column: 3, function: 'OrdersService.pay', inApp: true },
        ],
      },
    ],
    tags: {},
    contexts: {},
    breadcrumbs: [],
    environment: 'test',
    runtime: {
      app: 'shop',
      host: 'a',
      pid: 1,
      node: 'v20',
      nest: '12',
      platform: 'linux',
      uptime: 1,
      memory: 1,
    },
    ...facts,
  };
}

/**
 * What `count` events of one bug add up to. They fall into one hour unless `facts` say otherwise.
 */
export function aDelta(bug: string, facts: Partial<IssueDelta> = {}): IssueDelta {
  const count = facts.count ?? facts.samples?.length ?? 1;
  const lastSeen = facts.lastSeen ?? NOON;
  return {
    fingerprint: { hash: hashOf(bug), algorithm: 'v1', key: `Error\n${bug}` },
    type: 'PaymentError',
    title: bug,
    culprit: 'OrdersService.pay',
    level: 'error',
    handled: false,
    source: 'http',
    count,
    firstSeen: facts.firstSeen ?? lastSeen,
    lastSeen,
    hours: new Map([[startOfHour(lastSeen), count]]),
    samples: [],
    ...facts,
  };
}

export function samplesOf(bug: string, n: number, facts: Partial<ErrorEvent> = {}): Sample[] {
  return Array.from({ length: n }, () => ({ event: anEvent(bug, facts), weight: 1 }));
}

export function aBatch(...deltas: IssueDelta[]): Batch {
  return { id: timeOrderedId(), instance: 'instance-1', deltas };
}
