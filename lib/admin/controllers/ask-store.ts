import { NotFoundException, ServiceUnavailableException } from '@nestjs/common';
import { InvalidCursorError } from '../../errors/invalid-cursor.error.js';
import { IssueStateError } from '../../errors/issue-state.error.js';
import { StorageSchemaError } from '../../errors/storage-schema.error.js';
import { runInternally } from '../../scope/internal-work.js';
import { withDeadline } from '../../time/deadline.js';

const MAX_WAIT_MS = 10_000;

/**
 * Reads or writes through the issue service, as the tracker's own work. If the store fails or does
 * not answer in time, the client gets a 503. What the driver said stays inside; that tables are
 * missing is told, as somebody can mend it.
 */
export async function askStore<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await withDeadline(MAX_WAIT_MS, () => runInternally(work));
  } catch (error) {
    if (error instanceof IssueStateError || error instanceof InvalidCursorError) throw error;
    if (error instanceof StorageSchemaError) throw new ServiceUnavailableException(error.message);
    throw new ServiceUnavailableException('The tracker’s database does not answer at the moment.');
  }
}

/** Returns what the store found. If it found nothing, the client gets a 404. */
export function orNotFound<T>(found: T | undefined, what: 'issue' | 'event'): T {
  if (found === undefined) throw new NotFoundException(`There is no such ${what}.`);
  return found;
}
