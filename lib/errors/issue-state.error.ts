import type { IssueStatus } from '../event/issue.js';

/** An issue cannot take this step from the status it is in, e.g. a resolved issue cannot be muted. */
export class IssueStateError extends Error {
  override readonly name = 'IssueStateError';

  /**
   * @param status the status the issue is in
   * @param message what was refused, and what to do first
   */
  constructor(
    readonly status: IssueStatus,
    message: string,
  ) {
    super(message);
  }
}
