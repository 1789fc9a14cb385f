import { eventJson, healthJson, issueJson } from '../../../../lib/admin/controllers/json.js';
import { anIssue } from '../../../support/alerts.js';
import { draftOf } from '../../../support/events.js';

describe('issueJson', () => {
  it('shows the promised fields and nothing new', () => {
    const issue = { ...anIssue(), secret: 'inside' };
    const activity = [{ kind: 'resolved', at: Date.UTC(2026, 0, 2) }] as const;
    const json = issueJson(issue, activity) as Record<string, unknown>;
    expect(Object.keys(json)).toEqual([
      ...[
        'id',
        'type',
        'title',
        'culprit',
        'status',
        'level',
        'handled',
        'source',
        'eventCount',
        'userCount',
      ],
      ...['firstSeen', 'lastSeen', 'fingerprint', 'ticket', 'activity'],
    ]);
    expect(json['firstSeen']).toBe(new Date(issue.firstSeen).toISOString());
    expect(json['activity']).toEqual([
      { kind: 'resolved', at: '2026-01-02T00:00:00.000Z', actor: null, detail: null },
    ]);
  });
});

describe('eventJson', () => {
  it('says null for what is missing', () => {
    const event = draftOf({
      exceptions: [{ type: 'Error', value: 'x', facts: {}, frames: [{ file: 'a.ts', inApp: true }] }],
    });
    const json = eventJson({ issueId: 7, seq: 1, weight: 1, event });
    expect(json).toMatchObject({ issueId: 7, message: null, request: null, user: null, release: null });
    expect(json).toMatchObject({
      exceptions: [
        {
          properties: {},
          relation: null,
          parent: null,
          frames: [
            {
              file: 'a.ts',
              line: null,
              column: null,
              function: null,
              inApp: true,
              context: null,
              variables: null,
            },
          ],
        },
      ],
    });
  });
});

describe('healthJson', () => {
  it('writes moments as ISO 8601 and leaves all other numbers alone', () => {
    expect(healthJson({ lastFlushAt: 0, lastFlushMs: 3, lastPruneAt: undefined, Attempts: 4 })).toEqual({
      lastFlushAt: '1970-01-01T00:00:00.000Z',
      lastFlushMs: 3,
      lastPruneAt: null,
      Attempts: 4,
    });
  });
});
