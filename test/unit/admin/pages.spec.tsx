import type { ExceptionInfo, StackFrame } from '../../../lib/event/error-event.js';
import { ASSETS, SCRIPT } from '../../../lib/admin/pages/assets.js';
import { barsOf } from '../../../lib/admin/pages/bars.js';
import { foldFrames, originOf } from '../../../lib/admin/pages/fold-frames.js';
import { troublesOf } from '../../../lib/admin/pages/health-strip.js';
import { bytes, compact, formatCount, plural } from '../../../lib/admin/pages/numbers.js';
import { relationWords } from '../../../lib/admin/pages/stack.js';
import { stackMarkdown } from '../../../lib/admin/pages/stack-markdown.js';
import { span } from '../../../lib/admin/pages/span.js';
import { Script } from 'node:vm';
import { anIssue } from '../../support/alerts.js';
import { HEALTHY } from '../../support/dashboard-app.js';
import { draftOf } from '../../support/events.js';

const HOUR = 3_600_000;
const frame = (file: string, inApp = false): StackFrame => ({ file, inApp, line: 1 });
const exception = (type: string, parts: Partial<ExceptionInfo> = {}): ExceptionInfo => ({
  type,
  value: '',
  facts: {},
  frames: [],
  ...parts,
});

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

describe('stackMarkdown', () => {
  it('cannot be left by what an error says', () => {
    const event = draftOf({ exceptions: [exception('Error', { value: '```\n# heading\n````' })] });
    const markdown = stackMarkdown(anIssue(), { issueId: 1, seq: 1, weight: 1, event });
    const [first] = markdown.split('\n');
    expect(first).toBe('`````text');
    expect(markdown.trimEnd().endsWith('\n`````')).toBe(true);
  });
});

describe('barsOf', () => {
  const now = Date.UTC(2026, 0, 10, 12, 30);
  const hour = Date.UTC(2026, 0, 10, 12);

  it('puts each hour into its bar and leaves out what is older', () => {
    const hourly = new Map([
      [hour, 5],
      [hour - HOUR, 2],
      [hour - 23 * HOUR, 1],
      [hour - 24 * HOUR, 100],
    ]);
    const bars = barsOf(hourly, now, 24);
    expect(bars.map((bar) => bar.count)).toEqual([1, ...Array<number>(21).fill(0), 2, 5]);
    expect(bars.at(-1)?.from).toBe(hour);
  });

  it('joins hours into days', () => {
    const hourly = new Map([
      [hour, 5],
      [hour - 23 * HOUR, 1],
      [hour - 24 * HOUR, 10],
    ]);
    expect(barsOf(hourly, now, 2, 24).map((bar) => bar.count)).toEqual([10, 6]);
  });
});

describe('words for numbers', () => {
  it('groups, shortens and counts', () => {
    expect(formatCount(1_234_567)).toBe('1\u202f234\u202f567');
    expect(compact(12_408)).toBe('12\u202f408');
    expect(compact(1_250_000)).toBe('1.3M');
    expect(plural(1, 'event')).toBe('1 event');
    expect(plural(0, 'event')).toBe('0 events');
    expect([0, 999, 1_500, 187_340_000].map(bytes)).toEqual(['0 B', '999 B', '1.5 kB', '187 MB']);
    expect([-5, 59, 60, 7_200, 86_400, 31_536_000].map(span)).toEqual([
      '0 s',
      '59 s',
      '1 min',
      '2 h',
      '1 d',
      '1 y',
    ]);
  });
});

describe('troublesOf', () => {
  it('is silent while all is well', () => {
    expect(troublesOf(HEALTHY)).toEqual([]);
  });

  it('tells what was lost, what waits and what could not be delivered', () => {
    const text = troublesOf({
      ...HEALTHY,
      storeAvailable: false,
      queuedEvents: 12,
      lastError: 'ECONNREFUSED',
      dropped: { pendingIssues: 300, tooLarge: 0 },
      droppedDetails: { pending_bytes: 7 },
      alertsGivenUp: 2,
      channelFailures: { mail: 7 },
    }).join(' ');
    expect(text).toContain('ECONNREFUSED');
    expect(text).toContain('12 events waiting');
    expect(text).toContain('pending issues 300');
    expect(text).not.toContain('too large');
    expect(text).toContain('7 events (pending bytes 7)');
    expect(text).toContain('2 alerts could not be delivered on mail');
  });
});

describe('the assets', () => {
  it('carry the hash of their content in their name', () => {
    for (const { name } of ASSETS) expect(name).toMatch(/^dashboard\.[\da-f]{12}\.(css|js)$/);
  });

  it('holds a script that parses', () => {
    expect(() => new Script(SCRIPT.content)).not.toThrow();
  });
});
