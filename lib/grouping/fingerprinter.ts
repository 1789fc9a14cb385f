import type { ExceptionInfo, Source } from '../event/error-event.js';
import type { Fingerprint } from '../event/fingerprint.js';

/** The material of a fingerprint. It is not masked yet. */
export interface FingerprintInput {
  /** Outermost first; empty for `captureMessage()`. */
  readonly exceptions: readonly ExceptionInfo[];
  /** Text of `captureMessage()`. */
  readonly message?: string;
  readonly source: Source;
  /** Route template, cron or job name. It keeps failures without a stack apart. */
  readonly transaction?: string;
  /** The caller's own fingerprint. `{{default}}` stands for the built-in parts. */
  readonly explicit?: readonly string[];
}

/**
 * Decides which events are the same bug. Replace it with
 * `forRoot({ fingerprinter: MyFingerprinter })`.
 */
export abstract class Fingerprinter {
  abstract fingerprint(input: FingerprintInput): Fingerprint;
}
