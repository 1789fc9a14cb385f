import { relationWords } from '../../../../lib/admin/pages/stack.js';
import type { ExceptionInfo } from '../../../../lib/event/error-event.js';

const exception = (type: string, parts: Partial<ExceptionInfo> = {}): ExceptionInfo => ({
  type,
  value: '',
  facts: {},
  frames: [],
  ...parts,
});

describe('relationWords', () => {
  const chain = [
    exception('AggregateError'),
    exception('A', { relation: 'aggregated', parent: 0 }),
    exception('B', { relation: 'aggregated', parent: 0 }),
    exception('C', { relation: 'cause', parent: 1 }),
    exception('D', { relation: 'cause', parent: 3 }),
  ];

  it('says how each exception hangs on its parent', () => {
    expect(chain.map((entry, index) => relationWords(entry, index, chain))).toEqual([
      '',
      'Error 1 of 2 inside AggregateError',
      'Error 2 of 2 inside AggregateError',
      'Cause of A',
      'Caused by',
    ]);
  });
});
