import { processWide } from '../../../lib/values/process-wide.js';

describe('processWide', () => {
  it('makes a value once and gives it to every copy of the package', () => {
    const made = processWide('a test of process-wide', () => ({ by: 'first' }));
    let other: typeof made | undefined;
    jest.isolateModules(() => {
      // eslint-disable-next-line @typescript-eslint/no-require-imports
      const copy = require('../../../lib/values/process-wide.js') as { processWide: typeof processWide };
      other = copy.processWide('a test of process-wide', () => ({ by: 'second' }));
    });
    expect(other).toBe(made);
    expect(made.by).toBe('first');
  });

  it('keeps values of other names apart', () => {
    expect(processWide('one test', () => ({ n: 1 }))).not.toBe(processWide('another test', () => ({ n: 1 })));
  });
});
