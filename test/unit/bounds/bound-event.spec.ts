import { boundEvent, skeleton } from '../../../lib/bounds/bound-event.js';
import { jsonBytes } from '../../../lib/bounds/json-size.js';
import type { EventDraft } from '../../../lib/event/error-event.js';

const LONG = 'x'.repeat(3000);

function draft(changes: Partial<EventDraft> = {}): EventDraft {
  return {
    id: '018f3a1e-7b2c-7def-8a90-123456789abc',
    at: 1,
    source: 'http',
    handled: true,
    severity: 'error',
    severityReason: 'handled',
    fingerprint: { hash: 'a', algorithm: 'v1', key: 'k' },
    culprit: 'c',
    exceptions: [{ type: 'E', value: 'v', facts: {}, frames: [] }],
    tags: {},
    contexts: {},
    breadcrumbs: [],
    environment: 'test',
    runtime: { app: 'a', host: 'h', pid: 1, node: '20', nest: '12', platform: 'p', uptime: 1, memory: 1 },
    ...changes,
  };
}

it('returns an event within its bounds as it is', () => {
  const event = draft();
  expect(boundEvent(event, jsonBytes(event))).toBe(event);
  expect(boundEvent(event, jsonBytes(event) - 1)).not.toBe(event);
});

it('cuts the body before a context, and neither in place', () => {
  const request = { method: 'GET', url: '/', body: LONG, query: { q: LONG } };
  const event = draft({ request, contexts: { large: LONG, small: 1 } });
  const first = boundEvent(event, jsonBytes(event) - 10);
  expect(first.truncated).toEqual(['request.body']);
  expect(first.request).toEqual({ ...request, body: '[dropped, 3002 bytes]' });
  const second = boundEvent(event, jsonBytes(event) - 3100);
  expect(second.truncated).toEqual(['request.body', 'contexts.large']);
  expect(second.contexts).toEqual({ large: '[dropped, 3002 bytes]', small: 1 });
  expect(event.request?.body).toBe(LONG);
});

it('keeps the names of earlier cuts, and bounds them', () => {
  const event = draft({
    truncated: ['earlier'],
    contexts: Object.fromEntries(Array.from({ length: 30 }, (_, id) => [`${id}${'n'.repeat(90)}`, LONG])),
  });
  const { truncated } = boundEvent(event, 4096);
  expect(truncated).toHaveLength(20);
  expect(truncated?.[0]).toBe('earlier');
  expect(truncated?.[1]).toMatch(/^contexts\.\d*n+… \[truncated, /);
});

it('keeps what identifies an event of which all is too large', () => {
  const event = draft({
    release: '1.2.3',
    message: LONG,
    culprit: LONG,
    tags: { t: LONG },
    exceptions: [
      { type: LONG, value: LONG, facts: { f: LONG }, frames: [] },
      { type: 'E', value: 'cause', facts: {}, frames: [] },
    ],
  });
  const left = skeleton(event);
  expect(left).toMatchObject({ id: event.id, release: '1.2.3', tags: {}, truncated: ['event'] });
  expect(left.exceptions).toHaveLength(1);
  expect(jsonBytes(left)).toBeLessThan(3072);
  expect(boundEvent(event, 100)).toEqual(left);
});
