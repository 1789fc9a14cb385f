import type { EventDraft } from '../../lib/event/error-event.js';
import { resolveOptions } from '../../lib/options/resolve-options.js';
import type { ErrorTrackerOptions } from '../../lib/options/error-tracker-options.js';
import type { ResolvedOptions } from '../../lib/options/resolved-options.js';

/** Resolved options for a part that is tested on its own. */
export function optionsWith(options: ErrorTrackerOptions = {}): ResolvedOptions {
  return resolveOptions({ environment: 'test', release: '1.0.0', ...options });
}

let made = 0;

/** A complete event; every call has its own id. */
export function draftOf(changes: Partial<EventDraft> = {}): EventDraft {
  made += 1;
  return {
    id: `00000000-0000-7000-8000-${String(made).padStart(12, '0')}`,
    at: 1_790_000_000_000,
    source: 'http',
    handled: false,
    severity: 'error',
    severityReason: 'unhandled',
    fingerprint: { hash: 'a'.repeat(64), algorithm: 'v1', key: 'type Error' },
    culprit: 'OrdersService.pay',
    exceptions: [{ type: 'Error', value: 'card declined', facts: {}, frames: [] }],
    tags: {},
    contexts: {},
    breadcrumbs: [],
    environment: 'test',
    runtime: {
      app: 'shop',
      host: 'box',
      pid: 1,
      node: 'v20.0.0',
      nest: '12.0.0',
      platform: 'linux x64',
      uptime: 1,
      memory: 1,
    },
    ...changes,
  };
}
