import { join } from 'node:path';
import { parseStack } from '../../../lib/stack/parse-stack.js';

const ROOT = '/srv/app';

function parseLine(line: string, projectRoot = ROOT) {
  return parseStack(`Error: boom\n    at ${line}`, 'Error: boom', projectRoot)[0];
}

describe('shapes of frames', () => {
  it.each([
    [
      'Orders.pay (/srv/app/dist/a.js:10:3)',
      { file: 'dist/a.js', line: 10, column: 3, function: 'Orders.pay', inApp: true },
    ],
    ['/srv/app/dist/a.js:10:3', { file: 'dist/a.js', line: 10, column: 3, inApp: true }],
    [
      'async Orders.pay (/srv/app/a.js:1:2)',
      { file: 'a.js', line: 1, column: 2, function: 'Orders.pay', inApp: true },
    ],
    ['async /srv/app/a.js:1:2', { file: 'a.js', line: 1, column: 2, inApp: true }],
    [
      'async file:///srv/app/a.mjs?v=1:1:2',
      { file: 'file:///srv/app/a.mjs?v=1', line: 1, column: 2, inApp: true },
    ],
    [
      'new Orders (/srv/app/a.js:1:2)',
      { file: 'a.js', line: 1, column: 2, function: 'new Orders', inApp: true },
    ],
    [
      'Object.pay [as handler] (/srv/app/a.js:1:2)',
      { file: 'a.js', line: 1, column: 2, function: 'Object.pay [as handler]', inApp: true },
    ],
    ['Object.<anonymous> (/srv/app/a.js:1:2)', { file: 'a.js', line: 1, column: 2, inApp: true }],
    ['Array.map (<anonymous>)', { file: '<anonymous>', function: 'Array.map', inApp: false }],
    ['Array.map (native)', { file: '<anonymous>', function: 'Array.map', inApp: false }],
    ['async Promise.all (index 0)', { file: '<anonymous>', function: 'Promise.all', inApp: false }],
    ['<anonymous>', { file: '<anonymous>', inApp: false }],
    [
      'eval (eval at run (/srv/app/a.js:4:5), <anonymous>:1:7)',
      { file: 'a.js', line: 4, column: 5, function: 'eval', inApp: true },
    ],
    [
      'eval (eval at b (eval at a (/srv/app/a.js:4:5)), <anonymous>:1:7)',
      { file: 'a.js', line: 4, column: 5, function: 'eval', inApp: true },
    ],
    [
      'render (/srv/app/(group)/page (1).js:1:2)',
      { file: '(group)/page (1).js', line: 1, column: 2, function: 'render', inApp: true },
    ],
    [
      'run (node:internal/process/task_queues:95:5)',
      { file: 'node:internal/process/task_queues', line: 95, column: 5, function: 'run', inApp: false },
    ],
    ['evalmachine.<anonymous>:1:7', { file: 'evalmachine.<anonymous>', line: 1, column: 7, inApp: false }],
    [
      'f (wasm://wasm/00a1b2:wasm-function[3]:0x1f)',
      { file: 'wasm://wasm/00a1b2:wasm-function[3]:0x1f', function: 'f', inApp: false },
    ],
    [
      'pay (webpack://shop/./src/a.ts?1f2e:1:2)',
      { file: 'src/a.ts', line: 1, column: 2, function: 'pay', inApp: true },
    ],
    [
      'pay (webpack:///./src/a.ts:1:2)',
      { file: 'src/a.ts', line: 1, column: 2, function: 'pay', inApp: true },
    ],
    [
      'pay (/srv/app/dist/webpack:/shop/src/a.ts:1:2)',
      { file: 'src/a.ts', line: 1, column: 2, function: 'pay', inApp: true },
    ],
  ])('reads %s', (line, frame) => {
    expect(parseLine(line)).toEqual(frame.file.startsWith('file://') ? { ...frame, file: 'a.mjs' } : frame);
  });

  it.each([
    'with the words (of a text)',
    'nowhere',
    '(/srv/app/a.js)',
    `${'x'.repeat(2000)} (/srv/app/a.js:1:2)`,
  ])('takes "at %.30s" for no frame', (line) => expect(parseLine(line)).toBeUndefined());

  it('keeps at most 50 frames', () => {
    const stack = `Error: boom${'\n    at f (/srv/app/a.js:1:2)'.repeat(80)}`;
    expect(parseStack(stack, 'boom', ROOT)).toHaveLength(50);
    expect(parseStack(stack, 'something else', ROOT)).toHaveLength(50);
  });
});

describe('what is in-app', () => {
  it.each([
    '/srv/app/node_modules/pg/lib/client.js',
    '/srv/app/packages/api/node_modules/pg/lib/client.js',
    '/srv/app/.pnpm/pg@8.1.0/client.js',
    '/srv/app/.yarn/cache/pg-npm-8.1.0.zip/client.js',
    '/srv/app/.pnp.cjs',
    '/srv/application/a.js',
    '/srv/app/../etc/a.js',
    'node:fs',
    'internal/fs/promises.js',
    'webpack://shop/./node_modules/pg/client.js',
    'webpack://shop/webpack/bootstrap',
    'C:\\srv\\app\\a.js',
  ])('is not %s, which keeps its name', (file) => {
    expect(parseLine(`f (${file}:1:2)`)).toMatchObject({ file, inApp: false });
  });

  it.each([
    ['C:\\app\\src\\a.js', 'c:\\app'],
    ['C:/app/src/a.js', 'C:\\app\\'],
    ['file:///C:/app/src/a.js', 'C:\\app'],
    ['\\\\server\\app\\src\\a.js', '\\\\server\\app'],
    ['file:///my%20app/src/a.js', '/my app'],
    ['/src/a.js', '/'],
  ])('is %s under the root %s', (file, root) => {
    expect(parseLine(`f (${file}:1:2)`, root)).toMatchObject({ file: 'src/a.js', inApp: true });
  });

  it('is not this library itself, even in its own repository', () => {
    const root = process.cwd();
    const inApp = (file: string) => parseLine(`f (${join(root, file)}:1:2)`, root)?.inApp;
    expect(inApp('lib/capture/track-exception.decorator.ts')).toBe(false);
    expect(inApp('sample/src/main.ts')).toBe(true);
    expect(inApp('test/unit/a.spec.ts')).toBe(true);
    expect(inApp('library/a.ts')).toBe(true);
  });
});

describe('the head of a stack', () => {
  const fake = 'boom\n    at evil (/srv/app/evil.js:1:1)\n    at evil (/srv/app/evil.js:2:1)';
  const real = '    at pay (/srv/app/a.js:1:2)\n    at run (/srv/app/b.js:1:2)';
  const files = (stack: string, head?: string) => parseStack(stack, head, ROOT).map((frame) => frame.file);

  it.each([
    ['the head', `Error: ${fake}`],
    ['another name', `PaymentError: ${fake}`],
    ['the message alone', fake],
    ['a message that was put in front of it', `Error: Could not pay: ${fake}`],
  ])('is cut off by %s before frames are read', (_what, head) => {
    expect(files(`Error: ${fake}\n${real}`, head)).toEqual(['a.js', 'b.js']);
  });

  it('is cut off behind the source line that Node puts in front of syntax errors', () => {
    const stack = `/srv/app/x.js:1\nfoo bar\n    ^^^\n\nSyntaxError: ${fake}\n${real}`;
    expect(files(stack, `SyntaxError: ${fake}`)).toEqual(['a.js', 'b.js']);
  });

  it('is recognised with a code behind the name', () => {
    expect(files(`TypeError [ERR_X]: ${fake}\n${real}`, `TypeError: ${fake}`)).toEqual(['a.js', 'b.js']);
  });

  it('that is out of date leaves the last run of frames', () => {
    expect(files(`Error: ${fake}\nmore\n${real}`, 'Error: changed later')).toEqual(['a.js', 'b.js']);
    expect(files(`Error: ${fake}\nmore\n${real}`, undefined)).toEqual(['a.js', 'b.js']);
    expect(files(`Error: ${fake}\nmore\n${real}`, '')).toEqual(['a.js', 'b.js']);
  });

  it('may be empty', () => {
    expect(files(`Error\n${real}`, 'Error')).toEqual(['a.js', 'b.js']);
    expect(files(real, '')).toEqual(['a.js', 'b.js']);
  });

  it('of an appended cause ends the frames', () => {
    const stack = `Error: boom\n${real}\nCaused by: Error: inner\n    at inner (/srv/app/c.js:1:2)`;
    expect(files(stack, 'Error: boom')).toEqual(['a.js', 'b.js']);
  });

  it('of ten megabytes hides no frame', () => {
    const message = fake.repeat(150_000);
    expect(files(`Error: ${message}\n${real}`, message)).toEqual(['a.js', 'b.js']);
    expect(files(`Error: ${message}\nmore\n${real}`, 'changed')).toEqual(['a.js', 'b.js']);
  });
});

describe('parsing the same again', () => {
  const at = '\n    at pay (/srv/app/a.js:1:2)';

  it('shares the frames between errors that differ in their messages', () => {
    const first = parseStack(`Error: User 1${at}`, 'User 1', ROOT);
    expect(parseStack(`Error: User 2${at}`, 'User 2', ROOT)).toBe(first);
  });

  it('keeps what is shared from being changed', () => {
    const frames = parseStack(`Error: frozen${at}`, 'frozen', ROOT);
    expect(Object.isFrozen(frames)).toBe(true);
    expect(frames.every(Object.isFrozen)).toBe(true);
  });

  it('is done anew for another project root', () => {
    expect(parseStack(`Error: x${at}`, 'x', '/srv')[0]?.file).toBe('app/a.js');
    expect(parseStack(`Error: x${at}`, 'x', ROOT)[0]?.file).toBe('a.js');
  });
});
