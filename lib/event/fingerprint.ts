/** What makes two events the same bug. */
export interface Fingerprint {
  /** SHA-256, 64 hex digits, lower case. */
  readonly hash: string;
  /** `v1` for the built-in algorithm, `custom` for explicit fingerprints. */
  readonly algorithm: string;
  /** The parts that were hashed, readable and masked, one per line: shown as "why grouped". */
  readonly key: string;
  /**
   * Hashes that an earlier algorithm gave to the same bug, at most 5. An event whose own hash is
   * new goes to the issue of the first hash that is known; from then on the new hash belongs to
   * that issue.
   */
  readonly former?: readonly string[];
}
