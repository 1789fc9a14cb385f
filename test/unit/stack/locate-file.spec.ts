import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { locateFile } from '../../../lib/stack/locate-file.js';

const root = process.cwd();

/** `sourceMapsEnabled` cannot be written to; it follows what the process was told. */
function withSourceMaps<T>(enabled: boolean, work: () => T): T {
  process.setSourceMapsEnabled(enabled);
  try {
    return work();
  } finally {
    process.setSourceMapsEnabled(false);
  }
}

describe('locateFile', () => {
  it('takes a source that a package claims and nobody has for what it is: not ours', () => {
    const claimed = `${root}/src/driver/NobodyHasThisDriver.ts`;
    expect(withSourceMaps(true, () => locateFile(claimed, root).inApp)).toBe(false);
  });

  it('keeps a source of which only what was built is there', () => {
    const folder = mkdtempSync(join(tmpdir(), 'image-'));
    mkdirSync(join(folder, 'dist', 'orders'), { recursive: true });
    writeFileSync(join(folder, 'dist', 'orders', 'orders.service.js'), '');
    expect(withSourceMaps(true, () => locateFile(`${folder}/src/orders/orders.service.ts`, folder))).toEqual({
      file: 'src/orders/orders.service.ts',
      inApp: true,
    });
    expect(withSourceMaps(true, () => locateFile(`${folder}/src/driver/Driver.ts`, folder).inApp)).toBe(
      false,
    );
    rmSync(folder, { recursive: true });
  });

  it('keeps a source that is there', () => {
    expect(withSourceMaps(true, () => locateFile(__filename, root))).toEqual({
      file: 'test/unit/stack/locate-file.spec.ts',
      inApp: true,
    });
  });

  it('goes by the name alone where no source maps are in play', () => {
    expect(locateFile(`${root}/src/was-bundled-away.ts`, root).inApp).toBe(true);
  });

  it('follows the rules of the application, exclusion being the stronger', () => {
    const inPackage = `${root}/node_modules/@acme/core/pay.js`;
    const wrapper = `${root}/src/common/retry.ts`;
    const rules = { inApp: ['/@acme/'], notInApp: [/common\/retry/] };
    expect(locateFile(inPackage, root)).toEqual({ file: inPackage, inApp: false });
    expect(locateFile(inPackage, root, rules)).toEqual({
      file: 'node_modules/@acme/core/pay.js',
      inApp: true,
    });
    expect(locateFile('/elsewhere/@acme/x.js', root, rules)).toEqual({
      file: '/elsewhere/@acme/x.js',
      inApp: true,
    });
    expect(locateFile(wrapper, root, rules)).toEqual({ file: 'src/common/retry.ts', inApp: false });
    expect(locateFile(wrapper, root, { inApp: [/retry/], notInApp: ['common'] }).inApp).toBe(false);
    expect(locateFile(`${root}/src/pay.ts`, root, rules).inApp).toBe(true);
  });

  it('relies on a property that Node has', () => {
    const printed = execFileSync(process.execPath, [
      '--enable-source-maps',
      '-p',
      'process.sourceMapsEnabled',
    ]);
    expect(String(printed).trim()).toBe('true');
  });
});
