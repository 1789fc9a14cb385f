import type { IssueStatus } from '../event/issue.js';

/** The issue's status does not allow this step, e.g. a resolved issue cannot be muted. */
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
