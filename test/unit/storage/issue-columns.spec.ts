import { issueColumns } from '../../../lib/storage/issue-columns.js';
import { aDelta } from '../../../lib/testing/deltas.js';

describe('the columns of an issue', () => {
  it('hold what the newest event says of itself, and a form to search in', () => {
    expect(
      issueColumns(aDelta('Card DECLINED', { type: 'CardError', release: '1.2', handled: true })),
    ).toEqual({
      type: 'CardError',
      title: 'Card DECLINED',
      culprit: 'OrdersService.pay',
      searchText: 'carderror\ncard declined\nordersservice.pay',
      level: 'error',
      handled: 1,
      source: 'http',
      release: '1.2',
    });
  });

  it('cut every text to the width of its column, in characters', () => {
    const long = '💥'.repeat(2000);
    const columns = issueColumns(aDelta(long, { type: long, culprit: long, release: long }));
    const { type, title, culprit, release } = columns;
    expect([type, title, culprit, release ?? ''].map((text) => Array.from(text).length)).toEqual([
      ...[190, 1000, 300, 190],
    ]);
    expect(columns.searchText).toBe(`${type}\n${title}\n${culprit}`);
  });

  it('say so where no release is known', () => {
    expect(issueColumns(aDelta('a')).release).toBeNull();
  });
});
