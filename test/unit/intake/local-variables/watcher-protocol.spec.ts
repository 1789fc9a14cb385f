import { isWatcherData, STARTED_BY } from '../../../../lib/intake/local-variables/watcher-protocol.js';

describe('isWatcherData', () => {
  it('knows the thread that the tracker started, and no other', () => {
    expect(isWatcherData({ startedBy: STARTED_BY, projectRoot: '/', rules: {} })).toBe(true);
    for (const data of [undefined, null, 'x', {}, { startedBy: 'pool' }])
      expect(isWatcherData(data)).toBe(false);
  });
});
