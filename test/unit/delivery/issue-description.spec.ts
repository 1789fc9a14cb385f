import { describeIssue } from '../../../lib/delivery/issue-description.js';
import type { ExceptionInfo } from '../../../lib/event/error-event.js';
import { draftOf } from '../../support/events.js';

const titleOf = (...exceptions: readonly Partial<ExceptionInfo>[]): string =>
  describeIssue(
    draftOf({
      exceptions: exceptions.map((facts) => ({ type: 'E', value: '', facts: {}, frames: [], ...facts })),
    }),
  ).title;

it.each([
  ['the first line of the message', 'no total', [{ value: '\n no total\nat all' }]],
  [
    'the cause of what fetch says',
    'fetch failed: connect ECONNREFUSED',
    [{ value: 'fetch failed' }, { value: 'connect ECONNREFUSED', relation: 'cause', parent: 0 }],
  ],
  ['what fetch says where nothing caused it', 'fetch failed', [{ value: 'fetch failed' }]],
  [
    'what a validator found',
    'invalid: age too_small',
    [{ value: '[\n {"code": "too_small"}]', facts: { invalid: 'age too_small' } }],
  ],
] as const)('is titled by %s', (_what, title, exceptions) => {
  expect(titleOf(...exceptions)).toBe(title);
});

it('is cut to 300 characters', () => {
  expect(titleOf({ value: 'x'.repeat(1000) })).toHaveLength(300);
});
