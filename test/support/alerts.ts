import type { Alert } from '../../lib/event/alert.js';
import type { ErrorEvent } from '../../lib/event/error-event.js';
import type { Issue } from '../../lib/event/issue.js';

export function anIssue(parts: Partial<Issue> = {}): Issue {
  return {
    id: 42,
    type: 'PaymentError',
    title: 'The card was declined',
    culprit: 'OrdersService.pay',
    status: 'open',
    level: 'error',
    handled: false,
    source: 'http',
    eventCount: 3,
    storedCount: 3,
    userCount: 2,
    firstSeen: Date.UTC(2026, 0, 2, 3, 4, 5),
    lastSeen: Date.UTC(2026, 0, 2, 4, 5, 6),
    regressions: 0,
    fingerprint: 'ab'.repeat(32),
    groupingKey: 'PaymentError',
    ...parts,
  };
}

export function anEvent(parts: Partial<ErrorEvent> = {}): ErrorEvent {
  return {
    id: '01920000-0000-7000-8000-000000000001',
    at: Date.UTC(2026, 0, 2, 4, 5, 6),
    source: 'http',
    handled: false,
    severity: 'error',
    severityReason: 'unhandled',
    fingerprint: { hash: 'ab'.repeat(32), algorithm: 'v1', key: 'PaymentError' },
    culprit: 'OrdersService.pay',
    exceptions: [
      {
        type: 'PaymentError',
        value: 'The card was declined',
        facts: {},
        frames: [
          {
            file: 'src/orders/orders.service.ts',
            line: 17,
            column: 5,
            function: 'OrdersService.pay',
            inApp: true,
            context: {
              before: ['  async pay() {', '    await this.gate();'],
              line: '    throw failure;',
              after: ['  }'],
            },
          },
          { file: 'node_modules/somewhere/index.js', line: 1, inApp: false },
        ],
      },
      { type: 'TypeError', value: 'fetch failed', facts: {}, frames: [], relation: 'cause', parent: 0 },
    ],
    request: {
      method: 'POST',
      url: '/orders/7?token=query-data',
      route: '/orders/:id',
      headers: { 'x-header': 'header-data' },
      cookies: { sid: 'cookie-data' },
      body: { note: 'body-data' },
    },
    user: { id: 'user-7' },
    tags: {},
    contexts: {},
    breadcrumbs: [],
    release: '1.2.3',
    environment: 'production',
    runtime: {
      app: 'shop',
      host: 'web-1',
      pid: 1,
      node: '20',
      nest: '12',
      platform: 'linux',
      uptime: 1,
      memory: 1,
    },
    ...parts,
  };
}

export function anAlert(parts: Partial<Alert> = {}): Alert {
  return {
    kind: 'new-issue',
    dedupeKey: 'new-issue:42',
    issue: anIssue(),
    event: anEvent(),
    url: 'https://shop.example/errors/issues/42',
    ...parts,
  };
}
