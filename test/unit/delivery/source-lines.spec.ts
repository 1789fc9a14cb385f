import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { execFileSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import * as swc from '@swc/core';
import ts from 'typescript';
import { SourceLines } from '../../../lib/delivery/source-lines.js';
import type { StackFrame } from '../../../lib/event/error-event.js';
import { KeyMasker } from '../../../lib/masking/key.masker.js';
import type { ErrorTrackerOptions } from '../../../lib/options/error-tracker-options.js';
import { parseStack } from '../../../lib/stack/parse-stack.js';
import { aDelta } from '../../../lib/testing/deltas.js';
import { draftOf, optionsWith } from '../../support/events.js';

const ORDERS = `interface Order {
  readonly total?: number;
}

/** Pays. */
export class Orders {
  pay(order: Order): number {
    const password = 'hunter2';
    if (!order.total) {
      throw new Error('no total');
    }
    return order.total + password.length;
  }
}
`;
const THROWN_AT = 10;

let root: string;
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'source-lines-')));
});
afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

function write(file: string, text: string): void {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), text);
}

/** Compiles `src` to `dist`, and returns where the throw stands in what was made. */
function build(options: ts.CompilerOptions): { line: number; column: number } {
  write('src/orders.ts', ORDERS);
  const program = ts.createProgram([join(root, 'src/orders.ts')], {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ES2022,
    rootDir: join(root, 'src'),
    outDir: join(root, 'dist'),
    noLib: true,
    types: [],
    ...options,
  });
  program.emit();
  const built = readFileSync(join(root, 'dist/orders.js'), 'utf8');
  const before = built.slice(0, built.indexOf("new Error('no total')")).split('\n');
  return { line: before.length, column: (before.at(-1) ?? '').length + 1 };
}

function framesWith(frames: readonly StackFrame[], options: ErrorTrackerOptions = {}): readonly StackFrame[] {
  const resolved = optionsWith({ projectRoot: root, ...options });
  const event = draftOf({ exceptions: [{ type: 'Error', value: 'no total', facts: {}, frames }] });
  const batch = { id: 'b', instance: 'i', deltas: [{ ...aDelta('bug'), samples: [{ event, weight: 1 }] }] };
  const { deltas } = new SourceLines(new KeyMasker(resolved), resolved).addTo(batch);
  return deltas[0]?.samples[0]?.event.exceptions[0]?.frames ?? [];
}

const frameOf = (file: string, place: { line?: number; column?: number } = {}): StackFrame => ({
  file,
  function: 'Orders.pay',
  inApp: true,
  line: 1,
  ...place,
});

describe('SourceLines', () => {
  it('shows five lines before and after, masked', () => {
    write('src/orders.ts', ORDERS);
    const [frame] = framesWith([frameOf('src/orders.ts', { line: THROWN_AT, column: 13 })]);
    expect(frame).toMatchObject({ file: 'src/orders.ts', line: THROWN_AT, function: 'Orders.pay' });
    expect(frame?.context?.line).toBe("      throw new Error('no total');");
    expect(frame?.context?.before).toHaveLength(5);
    expect(frame?.context?.after).toHaveLength(5);
    expect(JSON.stringify(frame)).not.toContain('hunter2');
  });

  it.each<[string, ts.CompilerOptions]>([
    ['a map beside it', { sourceMap: true }],
    ['a map inside it', { inlineSourceMap: true }],
    ['a map that brings the source along', { sourceMap: true, inlineSources: true }],
    ['a map that names the root of its sources', { sourceMap: true, sourceRoot: '../src/' }],
    ['a map that names the root without a slash', { sourceMap: true, sourceRoot: '../src' }],
  ])('shows a built file with %s as it was written', (_name, options) => {
    const place = build(options);
    if (options.inlineSources) rmSync(join(root, 'src'), { recursive: true });
    const [frame] = framesWith([frameOf('dist/orders.js', place)]);
    expect(frame).toMatchObject({ file: 'src/orders.ts', line: THROWN_AT, column: 13, inApp: true });
    expect(frame?.context?.line).toBe("      throw new Error('no total');");
  });

  it('shows no hidden file, even where a map brings its text along', () => {
    const secret = {
      version: 3,
      sources: ['../.env'],
      sourcesContent: ['TOP=1'],
      names: [],
      mappings: 'AAAA',
    };
    write('dist/a.js.map', JSON.stringify(secret));
    write('dist/a.js', 'boom();\n//# sourceMappingURL=a.js.map\n');
    expect(framesWith([frameOf('dist/a.js', { column: 1 })])[0]).toMatchObject({
      file: 'dist/a.js',
      context: { line: 'boom();' },
    });
  });

  it.each([
    ['a map whose address is encoded', 'b%20c.js.map', 'b c.js.map'],
    ['a map whose address has a query', 'b.js.map?v=1', 'b.js.map'],
  ])('finds %s', (_what, address, file) => {
    write('src/my orders.ts', 'refund();\n');
    const map = { version: 3, sources: ['../src/my%20orders.ts'], names: [], mappings: 'AAAA' };
    write(`dist/${file}`, JSON.stringify(map));
    write('dist/b.js', `boom();\n//# sourceMappingURL=${address}\n`);
    expect(framesWith([frameOf('dist/b.js', { column: 1 })])[0]).toMatchObject({
      file: 'src/my orders.ts',
      context: { line: 'refund();' },
    });
  });

  it('reads a map of maps, and bundles of some megabytes', () => {
    write('src/orders.ts', 'refund();\n');
    const section = { version: 3, sources: ['../src/orders.ts'], names: [], mappings: 'AAAA' };
    const map = { version: 3, sections: [{ offset: { line: 0, column: 0 }, map: section }] };
    write('dist/bundle.js.map', JSON.stringify(map));
    write('dist/bundle.js', `boom();\n/* ${'x'.repeat(2_000_000)} */\n//# sourceMappingURL=bundle.js.map\n`);
    expect(framesWith([frameOf('dist/bundle.js', { column: 1 })])[0]).toMatchObject({
      file: 'src/orders.ts',
      context: { line: 'refund();' },
    });
  });

  it('shows a built file as it is where the map or the source is missing', () => {
    const place = build({ sourceMap: true });
    rmSync(join(root, 'src'), { recursive: true });
    const [withoutSource] = framesWith([frameOf('dist/orders.js', place)]);
    expect(withoutSource).toMatchObject({ file: 'dist/orders.js', line: place.line });
    expect(withoutSource?.context?.line).toContain("throw new Error('no total')");
    rmSync(join(root, 'dist/orders.js.map'));
    expect(framesWith([frameOf('dist/orders.js', place)])[0]?.context?.line).toContain('no total');
  });

  it.each([
    ['a file outside', '../outside.ts'],
    ['a link that leads outside', 'link.ts'],
    ['a hidden file', '.secrets.ts'],
    ['a file in a hidden folder', '.git/hooks.js'],
    ['what is no code', 'data.json'],
    ['a folder', 'folder.ts'],
    ['a file that is not there', 'none.ts'],
  ])('reads nothing of %s', (_name, file) => {
    const secret = 'const secret = 1;';
    writeFileSync(join(root, '..', 'outside.ts'), secret);
    symlinkSync(join(root, '..', 'outside.ts'), join(root, 'link.ts'));
    write('.secrets.ts', secret);
    write('.git/hooks.js', secret);
    write('data.json', secret);
    mkdirSync(join(root, 'folder.ts'));
    expect(framesWith([frameOf(file)])).toEqual([frameOf(file)]);
    rmSync(join(root, '..', 'outside.ts'));
  });

  it.each([
    ['points outside', '../../etc/passwd.map'],
    ['points to what is no map', 'secret.json'],
    ['is garbage', 'garbage.map'],
    ['is data that is none', 'data:application/json;base64,%%%'],
    ['names a source outside', 'outside.map'],
  ])('shows the built file where its map %s', (_name, url) => {
    write('dist/garbage.map', '{"version": 3, "sources": 7}');
    write('dist/secret.json', '{}');
    const map = { version: 3, sources: ['../../../../etc/hosts.ts'], names: [], mappings: 'AAAA' };
    write('dist/outside.map', JSON.stringify(map));
    write('dist/a.js', `boom();\n//# sourceMappingURL=${url}\n`);
    expect(framesWith([frameOf('dist/a.js', { column: 1 })])[0]).toMatchObject({
      file: 'dist/a.js',
      context: { line: 'boom();' },
    });
  });

  it('names the functions of minified code as they were written', () => {
    const code = `function chargeCustomer(amount) {
  if (amount > 100) throw new Error('too much for ' + amount);
  return settlePayment(amount);
}
function settlePayment(amount) {
  return chargeCustomer(amount + 1) + amount;
}
try {
  settlePayment(Number('101'));
} catch (error) {
  console.log(error.stack);
}
`;
    write('src/pay.js', code);
    const { code: minified, map = '{}' } = swc.minifySync(code, {
      mangle: { toplevel: true, keep_fnames: false },
      compress: false,
      module: true,
      sourceMap: true,
    });
    write('dist/pay.mjs', `${minified}\n//# sourceMappingURL=pay.mjs.map\n`);
    const sources = ['../src/pay.js'];
    write('dist/pay.mjs.map', JSON.stringify({ ...(JSON.parse(map) as object), sources }));
    const stack = execFileSync(process.execPath, [join(root, 'dist/pay.mjs')], { encoding: 'utf8' });
    const frames = parseStack(stack, 'Error: too much for 102', root).slice(0, 2);
    expect(frames.map((frame) => frame.function?.length)).toEqual([1, 1]);
    const shown = framesWith(parseStack(stack, 'Error: too much for 102', root));
    expect(shown[0]).toMatchObject({ function: 'chargeCustomer', file: 'src/pay.js', line: 2 });
    expect(shown[1]).toMatchObject({ function: 'settlePayment', file: 'src/pay.js', line: 6 });
  });

  it('shows of a very long line the part that the frame is about', () => {
    write('dist/bundle.js', `${'a();'.repeat(500)}throw new Error('here');${'b();'.repeat(500)}`);
    const [frame] = framesWith([frameOf('dist/bundle.js', { line: 1, column: 2001 })]);
    expect(frame?.context?.line).toMatch(/^….{0,100}a\(\);throw new Error\('here'\);b\(\);.*…$/);
    expect(frame?.context?.line.length).toBeLessThanOrEqual(200);
  });

  it('cuts long lines, and leaves frames alone that are not the application’s, or past the end', () => {
    write('src/long.js', `${'x'.repeat(5000)}\n`);
    const foreign = { ...frameOf('src/long.js'), inApp: false };
    const past = frameOf('src/long.js', { line: 99 });
    const [long, ...others] = framesWith([frameOf('src/long.js'), foreign, past]);
    expect(long?.context?.line).toHaveLength(199);
    expect(others).toEqual([foreign, past]);
  });

  it('keeps the event within its bytes, and to ten frames', () => {
    write('src/wide.js', `${'y'.repeat(190)}\n`.repeat(50));
    const frames = Array.from({ length: 20 }, (_, index) => frameOf('src/wide.js', { line: index + 10 }));
    const shown = (options: ErrorTrackerOptions): number =>
      framesWith(frames, options).filter(({ context }) => context).length;
    expect(shown({})).toBe(10);
    expect(shown({ limits: { eventBytes: 8192, stringLength: 1000 } })).toBeLessThan(4);
  });

  it('does nothing when switched off', () => {
    write('src/orders.ts', ORDERS);
    const frame = frameOf('src/orders.ts', { line: THROWN_AT });
    expect(framesWith([frame], { capture: { sourceLines: false } })).toEqual([frame]);
  });
});
