/** Rows of one transaction: a writer waits no longer than it takes to delete them. */
export const ROWS_PER_TRANSACTION = 500;

/** What a step of a retention run did. */
export interface Step {
  /** Events that were deleted. */
  readonly events?: number;
  /** Issues that were deleted. */
  readonly issues?: number;
  /** Whether the same step has more to do. */
  readonly more: boolean;
}
