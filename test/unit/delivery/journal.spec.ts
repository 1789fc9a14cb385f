import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CrashJournal } from '../../../lib/delivery/journal.js';
import { aBatch, aDelta } from '../../../lib/testing/deltas.js';

const APP = { projectRoot: '/app', database: { type: 'postgres', host: 'db', database: 'shop' } } as const;

describe('CrashJournal', () => {
  let folder: string;
  let journal: CrashJournal;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'error-tracker-'));
    journal = new CrashJournal(folder, APP);
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it('gives back what was written, oldest first, until it is told to forget it', () => {
    const batches = [aBatch(aDelta('a')), aBatch(aDelta('b'), aDelta('c'))];
    journal.write(batches);
    const found = journal.read();
    expect(found.map(({ batch }) => batch)).toEqual(batches);
    found[0]?.forget();
    found[0]?.forget();
    expect(journal.read().map(({ batch }) => batch)).toEqual([batches[1]]);
  });

  it('keeps what is meant for one database out of another one', () => {
    journal.write([aBatch(aDelta('a'))]);
    const staging = new CrashJournal(folder, { ...APP, database: { ...APP.database, database: 'staging' } });
    expect(staging.read()).toEqual([]);
    expect(new CrashJournal(folder, { ...APP, database: { ...APP.database } }).read()).toHaveLength(1);
  });

  it('has nothing of another application, nor without a folder', () => {
    journal.write([aBatch(aDelta('a'))]);
    expect(new CrashJournal(folder, { ...APP, projectRoot: '/another' }).read()).toEqual([]);
    expect(new CrashJournal(undefined, APP).read()).toEqual([]);
    expect(new CrashJournal(join(folder, 'nowhere'), APP).read()).toEqual([]);
  });

  it('reads past what is no journal', () => {
    journal.write([aBatch(aDelta('a'))]);
    const [name] = readdirSync(folder);
    const named = (suffix: string): string => join(folder, name!.replace(/[^-]+\.journal$/, suffix));
    symlinkSync('/nonexistent', named('0.journal'));
    mkdirSync(named('1.journal'));
    for (const text of ['', '{}', '[]', 'null', '{"half": '])
      writeFileSync(named(`${text.length}a.journal`), text);
    expect(journal.read()).toHaveLength(1);
  });
});
