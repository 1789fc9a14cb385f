import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Batch, IssueDelta } from '../storage/event-store.js';

const MOST_FILES = 20;
const MOST_BYTES = 64 * 1024 * 1024;

/**
 * What a process that ends could not store any more. Written in its last turn, where only synchronous work is left, and
 * stored when the application starts again; the store tells batches that it has already by their ids.
 */
export class CrashJournal {
  private readonly prefix: string;

  constructor(
    private readonly folder: string | undefined,
    application: string,
  ) {
    const key = createHash('sha256').update(application).digest('hex').slice(0, 12);
    this.prefix = `error-tracker-${key}-`;
  }

  /** @throws if the folder cannot be written to */
  write(batches: readonly Batch[]): void {
    const [first] = batches;
    if (!first || this.folder === undefined) return;
    // Not its parents: in a file system that makes no folders, as /proc, Node would try for ever.
    if (!existsSync(this.folder)) mkdirSync(this.folder);
    const lines = batches.map((batch) => JSON.stringify(batch, (_key, value: unknown) => plain(value)));
    // Never over a file, or through a link, that somebody else has put there.
    writeFileSync(join(this.folder, `${this.prefix}${first.id}.journal`), `[${lines.join(',\n')}]`, {
      flag: 'wx',
      mode: 0o600,
    });
  }

  /** The journals that are there, oldest first, with a way to remove each; what cannot be read is left alone. */
  read(): readonly { readonly batches: readonly Batch[]; readonly remove: () => void }[] {
    return this.files().flatMap((file) => {
      try {
        const batches = (JSON.parse(readFileSync(file, 'utf8')) as StoredBatch[]).map(revive);
        return [
          {
            batches,
            remove: () => {
              rmSync(file, { force: true });
            },
          },
        ];
      } catch {
        return [];
      }
    });
  }

  private files(): readonly string[] {
    const { folder } = this;
    if (folder === undefined || !existsSync(folder)) return [];
    return readdirSync(folder)
      .filter((name) => name.startsWith(this.prefix) && name.endsWith('.journal'))
      .sort()
      .slice(0, MOST_FILES)
      .map((name) => join(folder, name))
      .filter((file) => {
        const { uid, size } = statSync(file);
        return size <= MOST_BYTES && (process.getuid === undefined || uid === process.getuid());
      });
  }
}

type StoredBatch = Omit<Batch, 'deltas'> & {
  readonly deltas: readonly (Omit<IssueDelta, 'hours'> & { readonly hours: readonly [number, number][] })[];
};

function plain(value: unknown): unknown {
  return value instanceof Map ? [...value] : value;
}

function revive(batch: StoredBatch): Batch {
  return { ...batch, deltas: batch.deltas.map((delta) => ({ ...delta, hours: new Map(delta.hours) })) };
}
