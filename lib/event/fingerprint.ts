/** What makes two events the same bug. */
export interface Fingerprint {
  /** SHA-256, 64 hex digits, lower case. */
  readonly hash: string;
  /** `v1` for the built-in algorithm, `custom` for explicit fingerprints. */
  readonly algorithm: string;
  /** The parts that were hashed, readable and masked, one per line: shown as "why grouped". */
  readonly key: string;
}
