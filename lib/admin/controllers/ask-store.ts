import { NotFoundException, ServiceUnavailableException } from '@nestjs/common';
import { InvalidCursorError } from '../../errors/invalid-cursor.error.js';
import { IssueStateError } from '../../errors/issue-state.error.js';
import { StorageSchemaError } from '../../errors/storage-schema.error.js';
import { runInternally } from '../../scope/internal-work.js';
import { withDeadline } from '../../time/deadline.js';

const ANSWER_MS = 10_000;

/**
 * Reads or writes through the issue service as the tracker's own work. A store that fails or does not answer in
 * time is unavailable, and what the driver said about it is nobody's business; tables that are missing are somebody's.
 */
export async function fromStore<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await withDeadline(ANSWER_MS, () => runInternally(work));
  } catch (error) {
    if (error instanceof IssueStateError || error instanceof InvalidCursorError) throw error;
    if (error instanceof StorageSchemaError) throw new ServiceUnavailableException(error.message);
    throw new ServiceUnavailableException('The tracker’s database does not answer at the moment.');
  }
}

/** Unwraps what a store found, or answers 404. */
export function existing<T>(found: T | undefined, what: 'issue' | 'event'): T {
  if (found === undefined) throw new NotFoundException(`There is no such ${what}.`);
  return found;
}
