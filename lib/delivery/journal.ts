import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ResolvedOptions } from '../options/resolved-options.js';
import type { Batch, IssueDelta } from '../storage/event-store.js';
import { sha256 } from '../values/hash.js';

/** The options that tell databases apart. */
const DATABASE = ['type', 'url', 'host', 'port', 'socketPath', 'database', 'schema', 'dataSource'];
const MAX_FILES = 200;
const MAX_BYTES = 64 * 1024 * 1024;

export interface JournalledBatch {
  readonly batch: Batch;
  /** Removes it from the journal. */
  readonly forget: () => void;
}

/**
 * What a process that ends could not store any more, one file for each batch. It is written in the
 * last turn of the process, where only synchronous work is possible, and stored when the
 * application starts again. Several processes may find the same file: the store recognises a batch
 * it already has by instance and id.
 */
export class CrashJournal {
  private readonly prefix: string;

  constructor(
    readonly folder: string | undefined,
    { projectRoot, database }: Pick<ResolvedOptions, 'projectRoot' | 'database'>,
  ) {
    // Events that are meant for one database must not come into another one.
    const application = JSON.stringify([
      projectRoot,
      DATABASE.map((name) => database?.[name as keyof typeof database]),
    ]);
    const key = sha256(application).slice(0, 12);
    this.prefix = `error-tracker-${key}-`;
  }

  /** @throws if the folder cannot be written to */
  write(batches: readonly Batch[]): void {
    if (batches.length === 0 || this.folder === undefined) return;
    // Parents are not created: on a file system without folders, such as /proc, Node would retry
    // for ever.
    if (!existsSync(this.folder)) mkdirSync(this.folder);
    for (const batch of batches) {
      const text = JSON.stringify(batch, (_key, value: unknown) => plain(value));
      // The flag refuses a file or a link that somebody else has put there.
      writeFileSync(join(this.folder, `${this.prefix}${batch.id}.journal`), text, {
        flag: 'wx',
        mode: 0o600,
      });
    }
  }

  /** The batches in the journal, oldest first. What cannot be read is left alone. Never throws. */
  read(): readonly JournalledBatch[] {
    let bytes = 0;
    const found: JournalledBatch[] = [];
    for (const file of this.files()) {
      try {
        const { uid, size } = statSync(file);
        bytes += size;
        if (bytes > MAX_BYTES || found.length >= MAX_FILES) break;
        if (process.getuid && uid !== process.getuid()) continue;
        const batch = revive(JSON.parse(readFileSync(file, 'utf8')) as StoredBatch);
        found.push({ batch, forget: () => remove(file) });
      } catch {
        // The file is somebody else's, incomplete, or gone because another process has stored it.
      }
    }
    return found;
  }

  private files(): readonly string[] {
    const { folder, prefix } = this;
    try {
      return readdirSync(folder ?? '')
        .filter((name) => name.startsWith(prefix) && name.endsWith('.journal'))
        .sort()
        .map((name) => join(folder ?? '', name));
    } catch {
      return [];
    }
  }
}

function remove(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {
    // The next start reads it again; the store then recognises it.
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
