import { foldFrames, originOf } from '../../../../lib/admin/pages/fold-frames.js';
import type { StackFrame } from '../../../../lib/event/error-event.js';

const frame = (file: string, inApp = false): StackFrame => ({ file, inApp, line: 1 });

describe('foldFrames', () => {
  it('folds runs of foreign frames and names where they come from', () => {
    const groups = foldFrames([
      frame('src/a.ts', true),
      frame('node_modules/@nestjs/core/router/router-proxy.js'),
      frame('node_modules/.pnpm/express@5.1.0/node_modules/express/lib/a.js'),
      frame('node_modules/router/index.js'),
      frame('node:internal/process/task_queues'),
      frame('src/main.ts', true),
    ]);
    expect(groups.map((group) => (group.kind === 'run' ? group.origin : group.frame.file))).toEqual([
      'src/a.ts',
      '@nestjs/core, express and 2 more',
      'src/main.ts',
    ]);
  });

  it('folds nothing in a stack without a frame of the application', () => {
    expect(foldFrames([frame('node:net'), frame('node_modules/pg/lib/client.js')])).toHaveLength(2);
  });

  it.each([
    ['C:\\app\\node_modules\\@scope\\pkg\\index.js', '@scope/pkg'],
    ['node_modules/a/node_modules/b/index.js', 'b'],
    ['node:fs', 'Node.js'],
    ['/usr/lib/thing.js', 'elsewhere'],
  ])('finds the package of %s', (file, name) => {
    expect(originOf(file)).toBe(name);
  });
});
